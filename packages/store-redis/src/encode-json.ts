import { sanitizeJson } from '@chatkit-selfhost/core';

/** A value as JSON text, sanitised as in every store. Stringifies a second time only when something had to change. */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value);
  return /\\u0000|\\ud[89a-f]/i.test(text) ? JSON.stringify(sanitizeJson(value)) : text;
}
