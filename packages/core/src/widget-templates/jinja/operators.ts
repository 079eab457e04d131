import { WidgetTemplateError } from '../widget-template-error.js';
import type { Budget } from './budget.js';
import { defined } from './undefined.js';
import { chargeFor, isEqual, isRecord, toText } from './values.js';

/** An operator whose sides are both evaluated first. */
export type BinaryOperator = (left: unknown, right: unknown, budget: Budget) => unknown;

function wrongTypes(operator: string): WidgetTemplateError {
  return new WidgetTemplateError('render', `'${operator}' cannot be used on values of these types`);
}

/** As in Python, true counts as 1 and false as 0. */
function numberOf(value: unknown): number | undefined {
  defined(value);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function compare(operator: string, holds: (order: number) => boolean): BinaryOperator {
  return (left, right, budget) => {
    chargeFor(left, budget);
    chargeFor(right, budget);
    if (typeof left === 'string' && typeof right === 'string') return holds(left < right ? -1 : Number(left > right));
    const [first, second] = [numberOf(left), numberOf(right)];
    if (first === undefined || second === undefined) throw wrongTypes(operator);
    return holds(first - second);
  };
}

function arithmetic(operator: string, compute: (left: number, right: number) => number): BinaryOperator {
  return (left, right) => {
    const [first, second] = [numberOf(left), numberOf(right)];
    if (first === undefined || second === undefined) throw wrongTypes(operator);
    const result = compute(first, second);
    if (!Number.isFinite(result)) throw new WidgetTemplateError('render', `The result of '${operator}' is not a number`);
    return result;
  };
}

const sum = arithmetic('+', (left, right) => left + right);

function add(left: unknown, right: unknown, budget: Budget): unknown {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spend(left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    budget.spend(left.length + right.length);
    return [...(left as unknown[]), ...(right as unknown[])];
  }
  return sum(left, right, budget);
}

function contains(element: unknown, container: unknown, budget: Budget): boolean {
  defined(element);
  chargeFor(container, budget);
  if (typeof container === 'string' && typeof element === 'string') return container.includes(element);
  if (Array.isArray(container)) return container.some((candidate) => isEqual(element, candidate, budget));
  if (isRecord(container)) return typeof element === 'string' && Object.hasOwn(container, element);
  throw wrongTypes('in');
}

/** The operators of the language, but for `and` and `or`, which do not always evaluate their right side. */
export const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['==', isEqual],
  ['!=', (left, right, budget) => !isEqual(left, right, budget)],
  ['<', compare('<', (order) => order < 0)],
  ['<=', compare('<=', (order) => order <= 0)],
  ['>', compare('>', (order) => order > 0)],
  ['>=', compare('>=', (order) => order >= 0)],
  ['in', contains],
  ['not in', (left, right, budget) => !contains(left, right, budget)],
  ['~', (left, right, budget) => toText(left, budget) + toText(right, budget)],
  ['+', add],
  ['-', arithmetic('-', (left, right) => left - right)],
  ['*', arithmetic('*', (left, right) => left * right)],
  ['/', arithmetic('/', (left, right) => left / right)],
  ['//', arithmetic('//', (left, right) => Math.floor(left / right))],
  ['%', arithmetic('%', (left, right) => left - right * Math.floor(left / right))],
]);

/** `-x` and `+x`. */
export function signed(sign: '-' | '+', operand: unknown): number {
  const number = numberOf(operand);
  if (number === undefined) throw wrongTypes(sign);
  return sign === '-' ? -number : number;
}
