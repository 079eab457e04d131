import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/runs/event-log.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import type { RunEvent } from '../../src/store/index.js';
import { anyEvent, byId, delta, message, shown } from './client-state.js';

const read = (events: RunEvent[]): ThreadStreamEvent[] => events.map(({ json }) => JSON.parse(json) as ThreadStreamEvent);

function logOf(events: ThreadStreamEvent[], limits = {}): EventLog {
  const log = new EventLog(limits);
  for (const event of events) log.push(JSON.stringify(event));
  return log;
}

const answer = (deltas: number): ThreadStreamEvent[] => [
  { type: 'thread.item.added', item: message('m') }, ...Array.from({ length: deltas }, (_, index) => delta('m', `${String(index)} `)),
];

describe('EventLog', () => {
  it('numbers events from 1 without gaps', () => {
    const log = logOf(answer(2));
    expect(log.lastSeq).toBe(3);
    expect(log.between(0, 3).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('gives what comes after a number up to another', () => {
    const log = logOf(answer(9));
    expect(log.between(3, 5).map(({ seq }) => seq)).toEqual([4, 5]);
    expect(log.between(10, 10)).toEqual([]);
    expect(new EventLog().between(0, 0)).toEqual([]);
  });

  it('folds nothing while it is within its cap', () => {
    const log = logOf(answer(9), { maxEvents: 10 });
    expect(log.compact(10)).toBeNull();
  });

  it('folds its older half beyond the number of events, into what a late reader gets first', () => {
    const log = logOf(answer(10), { maxEvents: 10 });
    expect(log.compact(11)).toEqual({ seq: 6, events: [JSON.stringify({ type: 'thread.item.added', item: message('m', '0 1 2 3 4 ') })] });
    const events = log.between(0, 11);
    expect(events.map(({ seq }) => seq)).toEqual([6, 7, 8, 9, 10, 11]);
    expect(shown(read(events)).items.at(-1)).toEqual(message('m', '0 1 2 3 4 5 6 7 8 9 '));
  });

  it('folds beyond the number of characters too', () => {
    const log = logOf(answer(3), { maxChars: 100 });
    expect(log.compact(4)).toMatchObject({ seq: 2 });
  });

  it('folds nothing that readers may not have seen yet', () => {
    const log = logOf(answer(10), { maxEvents: 4 });
    expect(log.compact(2)).toMatchObject({ seq: 2 });
    expect(log.compact(2)).toBeNull();
  });

  it('gives only the last event of a snapshot a number', () => {
    const notice: ThreadStreamEvent = { type: 'notice', level: 'info', message: 'n' };
    const log = logOf([notice, notice, notice, notice], { maxEvents: 2 });
    log.compact(4);
    expect(log.between(0, 4).map(({ seq }) => seq)).toEqual([null, 2, 3, 4]);
  });

  it('brings a reader from any cursor to the same state, wherever it was folded', () => {
    const step = fc.oneof({ weight: 5, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.record({ foldUntil: fc.nat(60) }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(60), fc.integer({ min: 1, max: 5 }), (steps, cursor, maxEvents) => {
        const log = new EventLog({ maxEvents });
        const events: ThreadStreamEvent[] = [];
        for (const given of steps) {
          if ('foldUntil' in given) log.compact(Math.min(given.foldUntil, log.lastSeq));
          else {
            log.push(JSON.stringify(given));
            events.push(given);
          }
        }
        const seen = events.slice(0, cursor);
        const late = log.between(seen.length, log.lastSeq);
        expect(byId(shown(read(late), shown(seen)))).toEqual(byId(shown(events)));
        expect(shown(read(log.between(0, log.lastSeq)))).toEqual(shown(events));
        if (late.length > 0) expect(late.at(-1)?.seq).toBe(log.lastSeq);
      }),
      { numRuns: 1_000 },
    );
  });
});
