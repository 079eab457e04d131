import * as fc from 'fast-check';
import { applyItemUpdate } from '../../src/engine/pending-items.js';
import type { Item, ThreadItem, ThreadItemUpdate, ThreadStreamEvent, WidgetRoot } from '../../src/protocol/index.js';
import { anyCharacter } from '../../src/testing/any-character.js';

/** What a client makes of a stream: items by id in order of appearance, and what replaces itself. */
export interface ClientState {
  items: ThreadItem[];
  progress: unknown;
  thread: unknown;
}

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };

export function message(id: string, ...texts: string[]): Item<'assistant_message'> {
  return { type: 'assistant_message', id, ...base, content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })) };
}

export function card(value: string): WidgetRoot {
  return { type: 'Card', children: [{ type: 'Text', id: 't', value }] };
}

export function widget(id: string, value: string): Item<'widget'> {
  return { type: 'widget', id, ...base, widget: card(value) };
}

export function delta(itemId: string, text: string, contentIndex = 0): Extract<ThreadStreamEvent, { type: 'thread.item.updated' }> {
  return { type: 'thread.item.updated', item_id: itemId, update: { type: 'assistant_message.content_part.text_delta', content_index: contentIndex, delta: text } };
}

/** A client that shows one widget of an earlier turn. */
export function earlierState(): ClientState {
  return { items: [widget('earlier', 'old')], progress: null, thread: null };
}

export function show(state: ClientState, event: ThreadStreamEvent): void {
  switch (event.type) {
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced': {
      const index = state.items.findIndex(({ id }) => id === event.item.id);
      state.items.splice(index === -1 ? state.items.length : index, index === -1 ? 0 : 1, structuredClone(event.item));
      return;
    }
    case 'thread.item.removed':
      state.items = state.items.filter(({ id }) => id !== event.item_id);
      return;
    case 'thread.item.updated': {
      const item = state.items.find(({ id }) => id === event.item_id);
      if (item) applyItemUpdate(item, event.update);
      return;
    }
    case 'progress_update':
      state.progress = event.text;
      return;
    case 'thread.updated':
      state.thread = event.thread;
      return;
    default:
      return;
  }
}

export function shown(events: Iterable<ThreadStreamEvent>, state = earlierState()): ClientState {
  for (const event of events) show(state, event);
  return state;
}

/** For a reader that saw an item before it was removed and came back: then only its place may be another. */
export function byId(state: ClientState): ClientState {
  return { ...state, items: state.items.toSorted((a, b) => a.id.localeCompare(b.id)) };
}

const own = fc.constantFrom('a', 'b', 'c');
const text = fc.string({ maxLength: 5, unit: anyCharacter(fc) });
const index = fc.integer({ min: 0, max: 2 });
const part = text.map((value) => ({ type: 'output_text' as const, text: value, annotations: [] }));
const item: fc.Arbitrary<ThreadItem> = fc.oneof(
  fc.tuple(own, fc.array(text, { maxLength: 2 })).map(([id, texts]) => message(id, ...texts)),
  fc.tuple(fc.oneof(own, fc.constant('earlier')), text).map(([id, value]) => widget(id, value)),
  own.map((id): ThreadItem => ({ type: 'workflow', id, ...base, workflow: { type: 'custom', tasks: [], expanded: false } })),
);
const ownUpdate: fc.Arbitrary<ThreadItemUpdate> = fc.oneof(
  fc.record({ type: fc.constant('assistant_message.content_part.text_delta' as const), content_index: index, delta: text }),
  fc.record({ type: fc.constant('assistant_message.content_part.done' as const), content_index: index, content: part }),
  fc.record({ type: fc.constant('widget.streaming_text.value_delta' as const), component_id: fc.constant('t'), delta: text, done: fc.boolean() }),
  fc.record({ type: fc.constant('workflow.task.added' as const), task_index: index, task: fc.record({ type: fc.constant('custom' as const), title: text }) }) as fc.Arbitrary<ThreadItemUpdate>,
);
/** Updates that say the same when they are seen twice: a client can't tell which of an earlier turn's item it has seen already. */
const repeatableUpdate: fc.Arbitrary<ThreadItemUpdate> = fc.oneof(
  text.map((value): ThreadItemUpdate => ({ type: 'widget.root.updated', widget: card(value) })),
  text.map((value): ThreadItemUpdate => ({ type: 'widget.component.updated', component_id: 't', component: { type: 'Text', id: 't', value } })),
);

/** Any event of a run, about three items of its own and one of an earlier turn. */
export const anyEvent: fc.Arbitrary<ThreadStreamEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('thread.item.added' as const, 'thread.item.done' as const, 'thread.item.replaced' as const), item }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('thread.item.updated' as const), item_id: own, update: ownUpdate }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('thread.item.updated' as const), item_id: fc.constantFrom('a', 'b', 'earlier'), update: repeatableUpdate }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('thread.item.removed' as const), item_id: fc.oneof(own, fc.constant('earlier')) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('progress_update' as const), text }) },
  { weight: 1, arbitrary: text.map((title): ThreadStreamEvent => ({ type: 'thread.updated', thread: { id: 'thr_1', created_at: base.created_at, title, status: { type: 'active' }, metadata: {} } })) },
  { weight: 1, arbitrary: text.map((value): ThreadStreamEvent => ({ type: 'notice', level: 'info', message: value })) },
);
