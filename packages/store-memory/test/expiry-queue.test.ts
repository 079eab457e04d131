import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExpiryQueue } from '../src/expiry-queue.js';

const changes = fc.array(
  fc.record({ value: fc.integer({ min: 0, max: 12 }), dueAt: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }) }),
  { maxLength: 80 },
);

it('gives what is due, earliest first, whatever was added, moved and deleted', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 0, max: 50 }), (history, now) => {
      const queue = new ExpiryQueue<number>();
      const model = new Map<number, number>();
      for (const { value, dueAt } of history) {
        if (dueAt === null) {
          queue.delete(value);
          model.delete(value);
        } else {
          queue.set(value, dueAt);
          model.set(value, dueAt);
        }
      }
      const times: number[] = [];
      for (let due = queue.peekDue(now); due !== undefined; due = queue.peekDue(now)) {
        times.push(model.get(due) ?? NaN);
        queue.delete(due);
      }
      expect(times).toEqual([...model.values()].filter((time) => time <= now).toSorted((a, b) => a - b));
      expect(queue.size).toBe(model.size - times.length);
    }),
    { numRuns: 2_000 },
  );
});
