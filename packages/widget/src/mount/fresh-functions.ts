import { isBag } from '../options/translate-copied-options.js';

/**
 * The same options with functions that look up their present selves: a callback that changes with every rendering does not need the
 * options to be set again.
 */
export function withFreshFunctions<T extends object>(options: T, latest: () => T): T {
  const wrap = (value: unknown, path: (string | number)[]): unknown => {
    if (typeof value === 'function') return (...given: unknown[]) => (at(latest(), path) as (...values: unknown[]) => unknown)(...given);
    if (Array.isArray(value)) return value.map((entry, index) => wrap(entry, [...path, index]));
    return isBag(value) ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, wrap(entry, [...path, name])])) : value;
  };
  return wrap(options, []) as T;
}

function at(value: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>((current, name) => (current as Record<string | number, unknown>)[name], value);
}

/** Equal for options that differ in the identity of functions alone. */
export function fingerprint(options: object): string {
  return JSON.stringify(options, (_name, value: unknown) => (typeof value === 'function' ? 'function' : value));
}
