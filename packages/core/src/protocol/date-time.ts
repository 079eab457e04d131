import * as z from 'zod';

const canonical = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const readable = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

function offsetOf(zone: string | undefined): string {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/**
 * Normalises an ISO 8601 date-time to UTC with milliseconds and `Z`. A value without an offset, as the Python SDK
 * stores it, is read as UTC. Fractions finer than a millisecond are cut off.
 *
 * @returns the normalised text, or undefined when the text is not a date-time.
 */
export function parseDateTime(text: string): string | undefined {
  const match = readable.exec(text);
  if (!match) return undefined;
  const [, date, time = '', fraction = '', zone] = match;
  const seconds = time.length === 5 ? `${time}:00` : time;
  const instant = new Date(`${date}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offsetOf(zone)}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

/** Like `parseDateTime`, for values that are nearly always normalised already; an unreadable text is returned unchanged. */
export function toUtcDateTime(text: string): string {
  return canonical.test(text) ? text : (parseDateTime(text) ?? text);
}

/** Any ISO 8601 date-time; parsed to RFC 3339 UTC with `Z`. */
export const dateTimeSchema = z.string().transform((text, context) => {
  const parsed = parseDateTime(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'expected an ISO 8601 date-time' });
  return z.NEVER;
});
