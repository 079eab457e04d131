import { expect, it } from 'vitest';
import { ID_PREFIXES, newId, randomHex, toHex, type IdKind } from '../../src/store/index.js';

it.each(Object.entries(ID_PREFIXES))('an id of a %s begins with %s and has 128 random bits', (kind, prefix) => {
  expect(newId(kind as IdKind)).toMatch(new RegExp(`^${prefix}_[0-9a-f]{32}$`));
});

it('gives no id twice', () => {
  const ids = Array.from({ length: 1_000 }, () => newId('message'));
  expect(new Set(ids).size).toBe(ids.length);
});

it('writes every byte as two hex digits', () => {
  expect(toHex(new Uint8Array([0, 1, 15, 16, 255]))).toBe('00010f10ff');
  expect(randomHex(5)).toMatch(/^[0-9a-f]{10}$/);
});
