import { describe, expect, it } from 'vitest';
import type { ThreadItem } from '../../src/protocol/item.js';
import type { ThreadStreamEvent } from '../../src/protocol/stream-event.js';
import { beginResponse, endResponse, reduceStreamEvent } from '../../src/state/reduce-stream-event.js';
import { emptyThreadState } from '../../src/state/view-state.js';
import type { ThreadState } from '../../src/state/view-state.js';

const base = { thread_id: 'thr', created_at: '2026-01-05T09:00:00Z' };
const message = (id: string, text = ''): ThreadItem => ({ ...base, id, type: 'assistant_message', content: text ? [{ type: 'output_text', text, annotations: [] }] : [] });
const user = (id: string): ThreadItem => ({ ...base, id, type: 'user_message', content: [{ type: 'input_text', text: 'Hi' }], attachments: [] });

function reduce(...events: unknown[]): ThreadState {
  return events.reduce<ThreadState>((state, event) => reduceStreamEvent(state, event as ThreadStreamEvent), emptyThreadState());
}

function text(state: ThreadState, index = 0): string {
  const item = state.items[index];
  return item?.type === 'assistant_message' ? item.content.map((part) => part.text).join('|') : '';
}

const update = (id: string, change: Record<string, unknown>): Record<string, unknown> => ({ type: 'thread.item.updated', item_id: id, update: change });

describe('items', () => {
  it('are added, updated by deltas and replaced by their final state', () => {
    const events = [
      { type: 'thread.item.added', item: message('m') },
      update('m', { type: 'assistant_message.content_part.added', content_index: 0, content: { type: 'output_text', text: '', annotations: [] } }),
      update('m', { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hel' }),
      update('m', { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'lo' }),
    ];
    const streamed = reduce(...events);
    expect(text(streamed)).toBe('Hello');
    expect([...streamed.unfinished]).toEqual(['m']);
    const final = reduce(...events, { type: 'thread.item.done', item: message('m', 'Hello!') });
    expect(text(final)).toBe('Hello!');
    expect(final.unfinished.size).toBe(0);
  });

  it('announced again replace the one with the same id in its place', () => {
    const state = reduce({ type: 'thread.item.added', item: message('a', 'one') }, { type: 'thread.item.added', item: message('b') }, { type: 'thread.item.added', item: message('a', 'one, two') });
    expect(state.items.map((item) => item.id)).toEqual(['a', 'b']);
    expect(text(state)).toBe('one, two');
  });

  it('are removed by id, and removing an unknown one changes nothing', () => {
    const state = reduce({ type: 'thread.item.done', item: message('a') }, { type: 'thread.item.removed', item_id: 'x' }, { type: 'thread.item.removed', item_id: 'a' });
    expect(state.items).toEqual([]);
  });

  it('of unknown types, without id or broken are left out', () => {
    const strange = [{ ...base, id: 'h', type: 'hidden_context_item' }, { ...base, type: 'user_message' }, null, { ...base, id: 'w', type: 'widget', widget: 'no' }, { ...base, id: '__proto__', type: 'toString' }];
    expect(reduce(...strange.map((item) => ({ type: 'thread.item.done', item }))).items).toEqual([]);
  });

  it('get the lists a server left out', () => {
    const [item] = reduce({ type: 'thread.item.done', item: { ...base, id: 'u', type: 'user_message' } }).items;
    expect(item).toMatchObject({ content: [], attachments: [] });
  });
});

describe('updates', () => {
  it('pad missing parts, insert annotations at their index and ignore wild indices', () => {
    const annotation = (title: string): Record<string, unknown> => ({ type: 'annotation', source: { type: 'file', title, filename: title } });
    const add = (index: number, title: string): Record<string, unknown> => update('m', { type: 'assistant_message.content_part.annotation_added', content_index: 1, annotation_index: index, annotation: annotation(title) });
    const state = reduce(
      { type: 'thread.item.added', item: message('m') },
      update('m', { type: 'assistant_message.content_part.text_delta', content_index: 1, delta: 'second' }),
      add(0, 'b'),
      add(0, 'a'),
      add(9, 'c'),
      update('m', { type: 'assistant_message.content_part.text_delta', content_index: 1e9, delta: 'x' }),
      update('m', { type: 'assistant_message.content_part.text_delta', content_index: -1, delta: 'x' }),
    );
    expect(text(state)).toBe('|second');
    const [item] = state.items;
    expect(item?.type === 'assistant_message' && item.content[1]?.annotations.map((entry) => entry.source.title)).toEqual(['a', 'b', 'c']);
  });

  it('for items that are not there or of another type change nothing, not even the object', () => {
    const before = reduce({ type: 'thread.item.added', item: user('u') });
    const events = [update('nowhere', { type: 'workflow.task.added', task_index: 0, task: {} }), update('u', { type: 'workflow.task.added', task_index: 0, task: {} }), update('u', { type: 'future.update' })];
    for (const event of events) expect(reduceStreamEvent(before, event as unknown as ThreadStreamEvent)).toBe(before);
  });

  it('add and replace the tasks of a workflow; an index out of range is ignored', () => {
    const task = (title: string): Record<string, unknown> => ({ type: 'custom', title });
    const state = reduce(
      { type: 'thread.item.added', item: { ...base, id: 'w', type: 'workflow', workflow: { type: 'custom', tasks: [] } } },
      update('w', { type: 'workflow.task.added', task_index: 0, task: task('one') }),
      update('w', { type: 'workflow.task.added', task_index: 9, task: task('two') }),
      update('w', { type: 'workflow.task.updated', task_index: 1, task: task('two!') }),
      update('w', { type: 'workflow.task.updated', task_index: 7, task: task('never') }),
    );
    const [item] = state.items;
    expect(item?.type === 'workflow' && item.workflow.tasks.map((entry) => entry.title)).toEqual(['one', 'two!']);
  });

  it('reach nested components of a widget, in lists and single children', () => {
    const widget = { type: 'Card', children: [{ type: 'Transition', children: { type: 'Text', id: 't', value: 'a', streaming: true } }, { type: 'Badge', id: 'b', label: 'old' }] };
    const state = reduce(
      { type: 'thread.item.added', item: { ...base, id: 'w', type: 'widget', widget } },
      update('w', { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: true }),
      update('w', { type: 'widget.component.updated', component_id: 'b', component: { type: 'Badge', id: 'b', label: 'new' } }),
    );
    expect(state.items[0]).toMatchObject({ widget: { children: [{ children: { value: 'ab', streaming: false } }, { label: 'new' }] } });
    expect(widget.children[1]).toMatchObject({ label: 'old' });
  });

  it('carry the progress of an image', () => {
    const state = reduce({ type: 'thread.item.added', item: { ...base, id: 'i', type: 'generated_image' } }, update('i', { type: 'generated_image.updated', image: { id: 'x', url: 'u' }, progress: 0.5 }));
    expect(state.items[0]).toMatchObject({ image: { url: 'u' }, progress: 0.5 });
  });
});

describe('the thread and its response', () => {
  it('is created, updated without losing items, and never replaced by another thread', () => {
    const state = reduce(
      { type: 'thread.created', thread: { id: 'thr', items: { data: [] } } },
      { type: 'thread.item.done', item: user('u') },
      { type: 'thread.updated', thread: { id: 'thr', title: 'Titled', items: { data: [] } } },
      { type: 'thread.updated', thread: { id: 'other', title: 'Wrong' } },
    );
    expect(state.thread).toEqual({ id: 'thr', title: 'Titled' });
    expect(state.items).toHaveLength(1);
  });

  it('the user message confirmed by the server takes the place of the one shown before', () => {
    const waiting = { ...emptyThreadState(), outgoing: user('outgoing') as ThreadState['outgoing'] };
    const state = reduceStreamEvent(waiting, { type: 'thread.item.done', item: user('u') });
    expect(state.outgoing).toBeNull();
    expect(state.items.map((item) => item.id)).toEqual(['u']);
  });

  it('progress goes when content comes; errors and notices stay until the next response', () => {
    const state = reduce(
      { type: 'progress_update', text: 'Looking' },
      { type: 'notice', level: 'info', message: 'Note' },
      { type: 'error', code: 'custom', message: 'Bad', allow_retry: true },
      { type: 'stream_options', stream_options: { allow_cancel: true } },
    );
    expect(state).toMatchObject({ progress: null, failure: { message: 'Bad', allowRetry: true }, allowCancel: true });
    expect(state.notices).toHaveLength(1);
    expect(reduceStreamEvent({ ...state, progress: { text: 'x' } }, { type: 'thread.item.added', item: message('m') }).progress).toBeNull();
    expect(beginResponse(state)).toMatchObject({ failure: null, notices: [], streaming: true, allowCancel: false });
    expect(endResponse(beginResponse(state))).toMatchObject({ streaming: false });
  });

  it('events of unknown types leave the state as it is', () => {
    const state = emptyThreadState();
    expect(reduceStreamEvent(state, { type: 'thread.teleported' } as unknown as ThreadStreamEvent)).toBe(state);
    expect(reduceStreamEvent(state, { type: 'client_effect', name: 'x' })).toBe(state);
  });
});
