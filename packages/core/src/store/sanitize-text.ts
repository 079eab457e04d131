/**
 * Text as every store keeps it: NUL characters and lone surrogates become U+FFFD, because Postgres can hold neither.
 * Well-formed text comes back as the same string.
 */
export function sanitizeText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

/** {@link sanitizeText} for every string of a JSON value, keys too. Returns the value itself when nothing had to change. */
export function sanitizeJson<T>(value: T): T {
  const text = JSON.stringify(value);
  if (text === undefined || !/\\u0000|\\ud[89a-f]/i.test(text)) return value;
  return sanitizeValue(value) as T;
}

function sanitizeValue(value: unknown): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.map(sanitizeValue);
  if (typeof value !== 'object' || value === null) return value;
  // A date has no text of its own to mend; anything else that makes its own JSON is stored as that.
  if (value instanceof Date) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return sanitizeValue((value as { toJSON: () => unknown }).toJSON());
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [sanitizeText(key), sanitizeValue(entry)]));
}
