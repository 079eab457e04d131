import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunSnapshot } from '../../src/runs/run-snapshot.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import { anyEvent, byId, card, delta, message, shown, widget } from './client-state.js';

function fold(...events: ThreadStreamEvent[]): RunSnapshot {
  const snapshot = new RunSnapshot();
  for (const event of events) snapshot.apply(event);
  return snapshot;
}

describe('RunSnapshot', () => {
  it('makes one event of an unfinished message, with all its text so far', () => {
    const snapshot = fold({ type: 'thread.item.added', item: message('m') }, delta('m', 'Hel'), delta('m', 'lo'));
    expect(snapshot.events()).toEqual([{ type: 'thread.item.added', item: message('m', 'Hello') }]);
    expect(snapshot.openItems()).toEqual([message('m', 'Hello')]);
    expect(snapshot.finishedItems()).toEqual([]);
  });

  it('makes one event of a finished message', () => {
    const snapshot = fold({ type: 'thread.item.added', item: message('m') }, delta('m', 'Hello'), { type: 'thread.item.done', item: message('m', 'Hello!') });
    expect(snapshot.events()).toEqual([{ type: 'thread.item.done', item: message('m', 'Hello!') }]);
    expect(snapshot.openItems()).toEqual([]);
    expect(snapshot.finishedItems()).toEqual([message('m', 'Hello!')]);
  });

  it('leaves the events it is given as they are', () => {
    const added: ThreadStreamEvent = { type: 'thread.item.added', item: message('m') };
    const done: ThreadStreamEvent = { type: 'thread.item.done', item: widget('w', 'one') };
    fold(added, delta('m', 'text'), done, { type: 'thread.item.updated', item_id: 'w', update: { type: 'widget.root.updated', widget: card('two') } });
    expect(added).toEqual({ type: 'thread.item.added', item: message('m') });
    expect(done).toEqual({ type: 'thread.item.done', item: widget('w', 'one') });
  });

  it('keeps only the last of what replaces itself, in its place', () => {
    const progress = (text: string): ThreadStreamEvent => ({ type: 'progress_update', text });
    const item: ThreadStreamEvent = { type: 'thread.item.done', item: message('m', 'x') };
    expect(fold(progress('one'), item, progress('two')).events()).toEqual([item, progress('two')]);
  });

  it('keeps the last state of an earlier widget and forgets what was said of it before', () => {
    const root = (value: string): ThreadStreamEvent => ({ type: 'thread.item.updated', item_id: 'earlier', update: { type: 'widget.root.updated', widget: card(value) } });
    const replaced: ThreadStreamEvent = { type: 'thread.item.replaced', item: widget('earlier', 'three') };
    expect(fold(root('one'), root('two')).events()).toEqual([root('two')]);
    expect(fold(root('one'), root('two'), replaced).events()).toEqual([replaced]);
  });

  it('takes a widget\'s update after its end into the widget', () => {
    const update: ThreadStreamEvent = { type: 'thread.item.updated', item_id: 'w', update: { type: 'widget.root.updated', widget: card('two') } };
    const replaced: ThreadStreamEvent = { type: 'thread.item.replaced', item: widget('w', 'three') };
    expect(fold({ type: 'thread.item.done', item: widget('w', 'one') }, update).events()).toEqual([{ type: 'thread.item.done', item: widget('w', 'two') }]);
    expect(fold({ type: 'thread.item.done', item: widget('w', 'one') }, update, replaced).events()).toEqual([replaced]);
  });

  it('remembers a removal, also of an item that comes back', () => {
    const removed: ThreadStreamEvent = { type: 'thread.item.removed', item_id: 'm' };
    const added: ThreadStreamEvent = { type: 'thread.item.added', item: message('m', 'again') };
    const other: ThreadStreamEvent = { type: 'thread.item.done', item: message('n', 'other') };
    expect(fold({ type: 'thread.item.added', item: message('m') }, removed).events()).toEqual([removed]);
    expect(fold({ type: 'thread.item.added', item: message('m') }, removed, other, added).events()).toEqual([other, removed, added]);
  });

  it('bounds notices and effects, the oldest go first', () => {
    const notices = Array.from({ length: 501 }, (_, index): ThreadStreamEvent => ({ type: 'notice', level: 'info', message: String(index) }));
    const kept = fold(...notices, { type: 'client_effect', name: 'e', data: {} }, { type: 'error', code: 'custom', allow_retry: false }).events();
    expect(kept).toHaveLength(500);
    expect(kept[0]).toEqual(notices[3]);
    expect(kept.at(-1)).toMatchObject({ type: 'error' });
  });

  it('brings a new reader to the state that all the events bring it to', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        expect(shown(fold(...events).events())).toEqual(shown(events));
      }),
      { numRuns: 1_000 },
    );
  });

  it('brings one that saw part of them to the same items', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.nat(40), (events, seen) => {
        expect(byId(shown(fold(...events).events(), shown(events.slice(0, seen))))).toEqual(byId(shown(events)));
      }),
      { numRuns: 1_000 },
    );
  });
});
