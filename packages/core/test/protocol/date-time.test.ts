import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTimeSchema, parseDateTime } from '../../src/protocol/index.js';

test.each([
  ['2025-01-02T03:04:05.678Z', '2025-01-02T03:04:05.678Z'],
  ['2025-01-02T03:04:05Z', '2025-01-02T03:04:05.000Z'],
  ['2025-01-02T03:04:05.678901', '2025-01-02T03:04:05.678Z'],
  ['2025-01-02T03:04:05', '2025-01-02T03:04:05.000Z'],
  ['2025-01-02T03:04:05.6', '2025-01-02T03:04:05.600Z'],
  ['2025-01-02T03:04', '2025-01-02T03:04:00.000Z'],
  ['2025-01-02T03:04:05+02:00', '2025-01-02T01:04:05.000Z'],
  ['2025-01-02T03:04:05.5-0330', '2025-01-02T06:34:05.500Z'],
  ['2025-01-02 03:04:05.678901+00', '2025-01-02T03:04:05.678Z'],
  ['2025-01-02t03:04:05z', '2025-01-02T03:04:05.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(parseDateTime(text)).toBe(expected);
  expect(dateTimeSchema.parse(text)).toBe(expected);
});

test.each(['', 'yesterday', '2025-01-02', '2025-13-02T03:04:05Z', '2025-01-02T25:04:05Z', '2025-01-02T03:04:05 CET', '1735787045'])(
  '%j is no date-time',
  (text) => {
    expect(parseDateTime(text)).toBeUndefined();
    expect(dateTimeSchema.safeParse(text).success).toBe(false);
  },
);

test('what a JavaScript clock writes is read back exactly', () => {
  const instants = fc.date({ min: new Date(0), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(fc.property(instants, (instant) => parseDateTime(instant.toISOString()) === instant.toISOString()));
});

test('whatever text is given, the answer is a normalised time or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseDateTime(text);
      return parsed === undefined || new Date(parsed).toISOString() === parsed;
    }),
  );
});
