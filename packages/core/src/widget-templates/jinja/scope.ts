import type { Budget } from './budget.js';
import { Undefined } from './undefined.js';

/** The variables of a template, of a loop's round, or of a captured block. Setting one never reaches an outer scope. */
export class Scope {
  readonly budget: Budget;
  readonly #parent: Scope | undefined;
  readonly #variables = new Map<string, unknown>();

  constructor(budget: Budget, parent?: Scope) {
    this.budget = budget;
    this.#parent = parent;
  }

  get(name: string): unknown {
    if (this.#variables.has(name)) return this.#variables.get(name);
    return this.#parent ? this.#parent.get(name) : new Undefined(name);
  }

  set(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  inner(): Scope {
    return new Scope(this.budget, this);
  }
}
