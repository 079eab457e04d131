import { isJson } from './vector.js';

const ID = /^<id:([\w.-]+)(?::([\w-]+))?>$/;
const TIME = /^<time:([\w.-]+)>$/;

export interface IdPlaceholder {
  name: string;
  prefix: string | undefined;
}

/** `<id:a>` or `<id:a:msg>`; null for any other text. */
export function idPlaceholder(text: string): IdPlaceholder | null {
  const match = ID.exec(text);
  return match?.[1] === undefined ? null : { name: match[1], prefix: match[2] };
}

/** `<time:a>`; null for any other text. */
export function timePlaceholder(text: string): string | null {
  return TIME.exec(text)?.[1] ?? null;
}

/** What the placeholders of one vector stand for, from where they were first seen. */
export class Bindings {
  readonly #values = new Map<string, string>();

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** True when the name stands for this value, now or already. */
  bind(name: string, value: string): boolean {
    const known = this.#values.get(name);
    if (known === undefined) this.#values.set(name, value);
    return known === undefined || known === value;
  }

  /** A copy in which `<id:a>` is what it stands for. Throws for one that stands for nothing yet. */
  fill<T>(value: T): T {
    return this.#fill(value) as T;
  }

  #fill(value: unknown): unknown {
    if (typeof value === 'string') {
      const placeholder = idPlaceholder(value);
      if (!placeholder) return value;
      const bound = this.#values.get(placeholder.name);
      if (bound === undefined) throw new Error(`${value} stands for nothing yet`);
      return bound;
    }
    if (Array.isArray(value)) return value.map((child) => this.#fill(child));
    if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, this.#fill(child)]));
    return value;
  }
}
