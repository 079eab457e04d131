import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OrderedList } from '../src/ordered-list.js';

type Step = { kind: 'set' | 'remove' | 'removeAfter'; key: string };

const steps = fc.array(
  fc.record<Step>({ kind: fc.constantFrom('set', 'set', 'set', 'remove', 'removeAfter'), key: fc.integer({ min: 0, max: 15 }).map(String) }),
  { maxLength: 60 },
);

/** The same list, kept in the plainest way: every record ever, in order of its arrival. */
class Model {
  records: { key: string; live: boolean }[] = [];

  apply({ kind, key }: Step): void {
    const index = this.records.findIndex((record) => record.key === key && record.live);
    if (kind === 'set' && index < 0) this.records = [...this.records.filter((record) => record.key !== key), { key, live: true }];
    if (index < 0) return;
    if (kind === 'remove') this.records[index] = { key, live: false };
    if (kind === 'removeAfter') this.records = this.records.map((record, place) => (place > index ? { ...record, live: false } : record));
  }

  page(after: string | undefined, order: 'asc' | 'desc', limit: number): { keys: string[]; more: boolean } | null {
    const ordered = order === 'asc' ? this.records : this.records.toReversed();
    const cursor = ordered.findIndex((record) => record.key === after);
    if (after !== undefined && cursor < 0) return null;
    const rest = ordered.slice(after === undefined ? 0 : cursor + 1).filter((record) => record.live);
    return { keys: rest.slice(0, limit).map((record) => record.key), more: rest.length > limit };
  }
}

it('pages as a plain list does, whatever was put and removed', () => {
  fc.assert(
    fc.property(steps, fc.option(fc.integer({ min: 0, max: 16 }).map(String), { nil: undefined }), fc.constantFrom('asc', 'desc'), fc.integer({ min: 1, max: 8 }), (history, after, order, limit) => {
      const list = new OrderedList<string>();
      const model = new Model();
      for (const step of history) {
        model.apply(step);
        if (step.kind === 'set') list.set(step.key, step.key);
        else list[step.kind](step.key);
      }
      const page = list.page({ after, order, limit });
      expect(page && { keys: page.data, more: page.has_more }).toEqual(model.page(after, order, limit));
      if (page) expect(page.after).toBe(page.has_more ? page.data.at(-1) : undefined);
    }),
    { numRuns: 2_000 },
  );
});

it('forgets the oldest removed records beyond its bound', () => {
  const list = new OrderedList<string>(2);
  for (const key of ['a', 'b', 'c', 'd']) list.set(key, key);
  for (const key of ['a', 'b', 'c']) list.remove(key);
  expect(list.page({ after: 'a', order: 'asc' })).toBe(null);
  expect(list.page({ after: 'b', order: 'asc' })?.data).toEqual(['d']);
});
