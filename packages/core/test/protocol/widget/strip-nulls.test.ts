import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripNulls } from '../../../src/protocol/index.js';

test('what holds no null is not copied', () => {
  const inner = { b: [1, { c: 'x' }] };
  const stripped = stripNulls({ a: null, inner }) as { inner: unknown };
  expect(stripped).toStrictEqual({ inner });
  expect(stripped.inner).toBe(inner);
  expect(stripNulls(inner)).toBe(inner);
});

test('nulls and undefined go from objects and arrays', () => {
  expect(stripNulls([1, null, [null, undefined, { a: undefined, b: null, c: 0 }], ''])).toStrictEqual([1, [{ c: 0 }], '']);
});

test('a value with its own JSON form is taken in that form', () => {
  expect(stripNulls({ at: new Date('2026-01-02T03:04:05Z') })).toStrictEqual({ at: '2026-01-02T03:04:05.000Z' });
});

test('a __proto__ key does not survive a copy', () => {
  expect(JSON.stringify(stripNulls(JSON.parse('{"a":null,"__proto__":{"x":1},"b":1}')))).toBe('{"b":1}');
});

test('no JSON has a null left, loses anything else, or is changed in place', () => {
  const withoutNulls = (json: string): string =>
    JSON.stringify(JSON.parse(json), (_, value: unknown) =>
      Array.isArray(value) ? value.filter((element) => element !== null) : value === null ? undefined : value,
    );
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const json = JSON.stringify(value);
      fc.pre(!json.includes('"__proto__"') && value !== null);
      const parsed: unknown = JSON.parse(json);
      return JSON.stringify(stripNulls(parsed)) === withoutNulls(json) && JSON.stringify(parsed) === json;
    }),
  );
});
