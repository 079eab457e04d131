import { describe, expect, it } from 'vitest';
import { sanitizeJson, sanitizeText } from '../../src/store/index.js';

describe('sanitizeText', () => {
  it('gives well-formed text back as it is', () => {
    expect(sanitizeText('Zucker 🍬 für zehn €')).toBe('Zucker 🍬 für zehn €');
  });

  it('replaces NUL characters and lone surrogates', () => {
    expect(sanitizeText('a\0b\uD800c\uDC00')).toBe('a\uFFFDb\uFFFDc\uFFFD');
  });
});

describe('sanitizeJson', () => {
  it('gives a value without such characters back as the same object', () => {
    const value = { list: ['x', 1, null], at: new Date(0) };
    expect(sanitizeJson(value)).toBe(value);
  });

  it('mends strings at every depth, keys too', () => {
    expect(sanitizeJson({ 'k\0': ['a\uD800', { deep: '\0' }], n: 1, none: null })).toEqual({ 'k\uFFFD': ['a\uFFFD', { deep: '\uFFFD' }], n: 1, none: null });
  });

  it('keeps dates that stand beside such text', () => {
    const at = new Date('2026-01-01T00:00:00.000Z');
    expect(sanitizeJson({ text: '\0', at })).toEqual({ text: '\uFFFD', at });
  });

  it('mends what makes its own JSON in the form that it makes', () => {
    expect(sanitizeJson({ text: '\0', own: { toJSON: () => ({ name: 'x\0' }) } })).toEqual({ text: '\uFFFD', own: { name: 'x\uFFFD' } });
  });

  it('gives back what has no JSON form', () => {
    expect(sanitizeJson(undefined)).toBeUndefined();
  });
});
