import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutProtoKeys } from '../../src/protocol/without-proto-keys.js';

test('JSON without such a key is the very same value', () => {
  const json = { a: [1, { b: null }] };
  expect(withoutProtoKeys(json)).toBe(json);
  expect(withoutProtoKeys('__proto__')).toBe('__proto__');
});

test('only the key and what is under it goes, and the source is left alone', () => {
  const json: unknown = JSON.parse('{"a":[{"__proto__":{"x":1},"b":null}],"__proto__":1,"constructor":{"c":2}}');
  const before = JSON.stringify(json);
  expect(JSON.stringify(withoutProtoKeys(json))).toBe('{"a":[{"b":null}],"constructor":{"c":2}}');
  expect(JSON.stringify(json)).toBe(before);
});

test('wherever the key is put, the rest stays and no prototype is set', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      const hostile: unknown = JSON.parse(`{"__proto__":{"polluted":1},"rest":[{"__proto__":2},${json}]}`);
      expect(JSON.stringify(withoutProtoKeys(hostile))).toBe(JSON.stringify({ rest: [{}, withoutProtoKeys(JSON.parse(json))] }));
    }),
  );
});
