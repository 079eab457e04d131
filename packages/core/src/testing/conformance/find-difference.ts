import { idPlaceholder, timePlaceholder, type Bindings } from './bindings.js';
import { isJson, type Json } from './vector.js';

/** The first place where an actual value is not what is expected. */
export interface Difference {
  path: string;
  expected: unknown;
  actual: unknown;
}

const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const CONTAINS = /^<contains:(.*)>$/s;

/** Compares by the rules of conformance/README.md; binds placeholders on the way. Null: they match. */
export function findDifference(expected: unknown, actual: unknown, bindings: Bindings, path = ''): Difference | null {
  const differs: Difference = { path, expected, actual };
  if (typeof expected === 'string') return matchesText(expected, actual, bindings) ? null : differs;
  if (Array.isArray(expected)) return Array.isArray(actual) ? differenceOfLists(expected, actual, { bindings, path }) : differs;
  if (isJson(expected)) return isJson(actual) ? differenceOfObjects(expected, actual, { bindings, path }) : differs;
  return Object.is(expected, actual) || expected === actual ? null : differs;
}

interface Place {
  bindings: Bindings;
  path: string;
}

function matchesText(expected: string, actual: unknown, bindings: Bindings): boolean {
  if (expected === '<any>') return actual !== undefined;
  if (typeof actual !== 'string') return false;
  if (expected === actual) return true;
  if (expected === '<time>') return isUtcTime(actual);
  const time = timePlaceholder(expected);
  if (time !== null) return isUtcTime(actual) && bindings.bind(`time ${time}`, actual);
  const id = idPlaceholder(expected);
  if (id) return (id.prefix === undefined || actual.startsWith(`${id.prefix}_`)) && bindings.bind(id.name, actual);
  const contains = CONTAINS.exec(expected)?.[1];
  if (contains !== undefined) return actual.includes(contains);
  return UTC_TIME.test(expected) && isUtcTime(actual) && Date.parse(expected) === Date.parse(actual);
}

export function isUtcTime(text: string): boolean {
  return UTC_TIME.test(text) && !Number.isNaN(Date.parse(text));
}

function differenceOfLists(expected: unknown[], actual: unknown[], { bindings, path }: Place): Difference | null {
  for (const [index, value] of expected.entries()) {
    const place = `${path}[${String(index)}]`;
    if (index >= actual.length) return { path: place, expected: value, actual: undefined };
    const difference = findDifference(value, actual[index], bindings, place);
    if (difference) return difference;
  }
  return actual.length > expected.length ? { path: `${path}[${String(expected.length)}]`, expected: undefined, actual: actual[expected.length] } : null;
}

function differenceOfObjects(expected: Json, actual: Json, { bindings, path }: Place): Difference | null {
  const left = new Set(Object.keys(actual));
  for (const [key, value] of Object.entries(expected)) {
    const name = actualKey(key, left, bindings);
    const place = path === '' ? key : `${path}.${key}`;
    if (name === undefined) return { path: place, expected: value, actual: undefined };
    left.delete(name);
    const difference = findDifference(value, actual[name], bindings, place);
    if (difference) return difference;
  }
  const [extra] = left;
  return extra === undefined ? null : { path: path === '' ? extra : `${path}.${extra}`, expected: undefined, actual: actual[extra] };
}

/** Keys may be placeholders too: the items of a new thread are filed under its id. */
function actualKey(key: string, keys: ReadonlySet<string>, bindings: Bindings): string | undefined {
  if (keys.has(key)) return key;
  if (!idPlaceholder(key)) return undefined;
  for (const name of keys) if (matchesText(key, name, bindings)) return name;
  return undefined;
}
