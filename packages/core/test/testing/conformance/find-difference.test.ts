import { describe, expect, it } from 'vitest';
import { Bindings } from '../../../src/testing/conformance/bindings.js';
import { findDifference } from '../../../src/testing/conformance/find-difference.js';

function pathOfDifference(expected: unknown, actual: unknown): string | null {
  return findDifference(expected, actual, new Bindings())?.path ?? null;
}

describe('a vector and what came', () => {
  it('match key for key, whatever the order of keys', () => {
    expect(pathOfDifference({ a: 1, b: [true, null] }, { b: [true, null], a: 1 })).toBeNull();
  });

  it('differ at the first place that is not as expected', () => {
    expect(findDifference({ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, new Bindings())).toEqual({ path: 'a[1].b', expected: 2, actual: 3 });
  });

  it('differ by a key or an element too many or too few', () => {
    expect(pathOfDifference({ a: 1 }, { a: 1, b: null })).toBe('b');
    expect(pathOfDifference({ a: 1, b: null }, { a: 1 })).toBe('b');
    expect(pathOfDifference([1], [1, 2])).toBe('[1]');
    expect(pathOfDifference([1, 2], [1])).toBe('[1]');
  });

  it('do not match across types', () => {
    expect(pathOfDifference('1', 1)).toBe('');
    expect(pathOfDifference({}, [])).toBe('');
    expect(pathOfDifference(null, undefined)).toBe('');
  });
});

describe('an id placeholder', () => {
  it('is the same id everywhere', () => {
    expect(pathOfDifference(['<id:a>', '<id:b>', '<id:a>'], ['x', 'y', 'x'])).toBeNull();
    expect(pathOfDifference(['<id:a>', '<id:a>'], ['x', 'y'])).toBe('[1]');
  });

  it('checks the prefix where it names one', () => {
    expect(pathOfDifference('<id:a:msg>', 'msg_1')).toBeNull();
    expect(pathOfDifference('<id:a:msg>', 'thr_1')).toBe('');
  });

  it('may be a key', () => {
    expect(pathOfDifference({ id: '<id:t:thr>', items: { '<id:t:thr>': [] } }, { items: { thr_9: [] }, id: 'thr_9' })).toBeNull();
    expect(pathOfDifference({ id: '<id:t>', items: { '<id:t>': [] } }, { items: { thr_8: [] }, id: 'thr_9' })).toBe('items.<id:t>');
  });

  it('is filled into later requests', () => {
    const bindings = new Bindings();
    findDifference({ id: '<id:t:thr>' }, { id: 'thr_9' }, bindings);
    expect(bindings.fill({ params: { thread_id: '<id:t>', text: 'about <id:t>' } })).toEqual({ params: { thread_id: 'thr_9', text: 'about <id:t>' } });
    expect(() => bindings.fill('<id:unseen>')).toThrow('stands for nothing yet');
  });
});

describe('other placeholders', () => {
  it('take any time in UTC, and no other', () => {
    expect(pathOfDifference('<time>', '2026-01-02T03:04:05.678Z')).toBeNull();
    expect(pathOfDifference('<time>', '2026-01-02T03:04:05.678')).toBe('');
    expect(pathOfDifference('<time>', '2026-01-02T03:04:05+01:00')).toBe('');
    expect(pathOfDifference('<time>', '2026-13-02T03:04:05Z')).toBe('');
  });

  it('take one time for one name', () => {
    const [one, other] = ['2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z'];
    expect(pathOfDifference(['<time:a>', '<time:a>'], [one, one])).toBeNull();
    expect(pathOfDifference(['<time:a>', '<time:a>'], [one, other])).toBe('[1]');
  });

  it('take anything that is there', () => {
    expect(pathOfDifference({ a: '<any>' }, { a: { deep: [null] } })).toBeNull();
    expect(pathOfDifference({ a: '<any>' }, {})).toBe('a');
  });

  it('take a text that contains another', () => {
    expect(pathOfDifference('<contains:a\nb>', 'x a\nb y')).toBeNull();
    expect(pathOfDifference('<contains:a>', 'b')).toBe('');
  });

  it('leave the spelling of a literal time open', () => {
    expect(pathOfDifference('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z')).toBeNull();
    expect(pathOfDifference('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.001Z')).toBe('');
  });
});
