import { sanitizeJson } from '@chatkit-selfhost/core';

/** A value as the store keeps it: JSON text can't be shared with the caller, and one pass makes it. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text;
  return JSON.stringify(sanitizeJson(JSON.parse(text)));
}

/** The value that {@link toJsonText} was given, as a new copy. The type is the writer's: rows are private to the store. */
export function fromJsonText<T>(text: string): T {
  return JSON.parse(text) as T;
}
