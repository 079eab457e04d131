import { jsonEqual } from '../../widgets/json-equal.js';
import { WidgetTemplateError } from '../widget-template-error.js';
import type { Budget } from './budget.js';
import { Namespace } from './namespace.js';
import { Undefined, defined } from './undefined.js';

type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Namespace) && !(value instanceof Undefined);
}

/** Python's truth: what is empty is false. */
export function isTrue(value: unknown): boolean {
  defined(value);
  if (Array.isArray(value)) return value.length > 0;
  return isRecord(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Charges for a whole value before it is compared, written or copied: shared parts count each time they occur. */
export function chargeFor(value: unknown, budget: Budget): void {
  budget.spend(1);
  defined(value);
  if (value instanceof Namespace) throw new WidgetTemplateError('render', 'A namespace is no value');
  if (typeof value === 'string') budget.spend(value.length);
  else if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) chargeFor(child, budget);
}

export function toJson(value: unknown, budget: Budget): string {
  chargeFor(value, budget);
  return JSON.stringify(value);
}

/** A value as it is printed without `tojson`: Python's spelling of constants, and lists and objects as JSON. */
export function toText(value: unknown, budget: Budget): string {
  switch (typeof value) {
    case 'string':
      budget.spend(value.length);
      return value;
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : toJson(value, budget);
  }
}

/** Python compares by code point, so a character outside the basic plane is one, not two. */
function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === 'string' ? Array.from(value) : undefined;
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

/** A property or an element; own properties only, whatever the name. */
export function lookUp(container: unknown, key: unknown, path: string, budget: Budget): unknown {
  defined(container);
  defined(key);
  if (typeof key === 'string') {
    if (container instanceof Namespace && container.values.has(key)) return container.values.get(key);
    if (isRecord(container) && Object.hasOwn(container, key)) return container[key];
  }
  if (typeof key === 'number') {
    budget.spend(sizeOf(container));
    const elements = elementsOf(container) ?? [];
    const index = key < 0 ? key + elements.length : key;
    if (index in elements) return elements[index];
  }
  return new Undefined(path);
}

function sliceBound(value: unknown, length: number, range: { lowest: number; highest: number; absent: number }): number {
  if (value === undefined || value === null) return range.absent;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new WidgetTemplateError('render', 'A slice has bounds that are integers');
  return Math.min(Math.max(value < 0 ? value + length : value, range.lowest), range.highest);
}

/** Python's slice of a list or a text. */
export function slice(container: unknown, bounds: { start: unknown; stop: unknown; step: unknown }, budget: Budget): unknown {
  budget.spend(sizeOf(container));
  const elements = elementsOf(defined(container));
  if (!elements) throw new WidgetTemplateError('render', 'Only lists and texts have slices');
  const step = bounds.step ?? 1;
  if (typeof step !== 'number' || !Number.isInteger(step) || step === 0) {
    throw new WidgetTemplateError('render', 'The step of a slice is an integer other than 0');
  }
  const { length } = elements;
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const [first, end] = step > 0 ? [lowest, highest] : [highest, lowest];
  const start = sliceBound(bounds.start, length, { lowest, highest, absent: first });
  const stop = sliceBound(bounds.stop, length, { lowest, highest, absent: end });
  const picked: unknown[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) picked.push(elements[index]);
  return typeof container === 'string' ? picked.join('') : picked;
}

/** What a loop goes through: the elements of a list, the keys of an object, the characters of a text. */
export function iterate(value: unknown, budget: Budget): readonly unknown[] {
  budget.spend(sizeOf(defined(value)));
  const elements = elementsOf(value) ?? (isRecord(value) ? Object.keys(value) : undefined);
  if (!elements) throw new WidgetTemplateError('render', 'Only lists, objects and texts can be looped over');
  return [...elements];
}

/** Python's equality: by value, and true is 1. */
export function isEqual(left: unknown, right: unknown, budget: Budget): boolean {
  chargeFor(left, budget);
  chargeFor(right, budget);
  if (typeof left === 'boolean' && typeof right === 'number') return Number(left) === right;
  if (typeof left === 'number' && typeof right === 'boolean') return left === Number(right);
  return jsonEqual(left, right);
}
