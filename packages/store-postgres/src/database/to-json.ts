import { sanitizeJson } from '@chatkit-selfhost/core';

/** A value as text for a `jsonb` parameter, without what Postgres can't hold. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  return /\\u0000|\\ud[89a-f]/i.test(text) ? JSON.stringify(sanitizeJson(JSON.parse(text) as unknown)) : text;
}
