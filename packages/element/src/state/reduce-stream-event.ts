import { isObject, stringOr } from '../protocol/json.js';
import type { ThreadStreamEvent } from '../protocol/stream-event.js';
import type { Thread } from '../protocol/thread.js';
import { applyItemUpdate } from './apply-item-update.js';
import { indexOfItem, removeItem, upsertItem } from './item-list.js';
import { normalizeItem } from './normalize-item.js';
import type { ThreadState } from './view-state.js';

/**
 * The state after one stream event. Pure; events of unknown types and events that
 * don't fit (an update for an item that isn't there) leave the state as it is.
 */
export function reduceStreamEvent(state: ThreadState, event: ThreadStreamEvent): ThreadState {
  switch (event.type) {
    case 'thread.created':
    case 'thread.updated':
      return isObject(event.thread) ? { ...state, thread: mergeThread(state.thread, event.thread) } : state;
    case 'thread.item.added':
      return withItem(state, event.item, false);
    case 'thread.item.done':
    case 'thread.item.replaced':
      return withItem(state, event.item, true);
    case 'thread.item.updated':
      return withUpdate(state, event);
    case 'thread.item.removed':
      return {
        ...state,
        items: removeItem(state.items, event.item_id),
        unfinished: without(state.unfinished, event.item_id),
      };
    case 'stream_options':
      return { ...state, allowCancel: event.stream_options?.allow_cancel === true };
    case 'progress_update':
      return { ...state, progress: { text: stringOr(event.text, ''), icon: event.icon } };
    case 'notice':
      return {
        ...state,
        notices: [
          ...state.notices,
          {
            id: `notice-${state.notices.length}`,
            level: event.level,
            message: stringOr(event.message, ''),
            title: event.title,
          },
        ],
      };
    case 'error':
      return {
        ...state,
        progress: null,
        failure: { code: event.code ?? 'custom', message: event.message, allowRetry: event.allow_retry === true },
      };
    case 'client_effect':
      return state;
    default:
      event satisfies never;
      return state;
  }
}

/** Called when a stream begins: what belonged to the response before is cleared. */
export function beginResponse(state: ThreadState): ThreadState {
  return { ...state, streaming: true, allowCancel: false, failure: null, progress: null, notices: [] };
}

/** Called when the body ends, was stopped or broke: what was shown stays on screen. */
export function endResponse(state: ThreadState): ThreadState {
  return { ...state, streaming: false, allowCancel: false, progress: null, unfinished: new Set() };
}

function withItem(state: ThreadState, value: unknown, finished: boolean): ThreadState {
  const item = normalizeItem(value);
  if (!item) return state;
  const unfinished = new Set(state.unfinished);
  if (finished) unfinished.delete(item.id);
  else unfinished.add(item.id);
  const confirmsOutgoing = item.type === 'user_message' && state.outgoing !== null;
  return {
    ...state,
    items: upsertItem(state.items, item),
    unfinished,
    outgoing: confirmsOutgoing ? null : state.outgoing,
    progress: item.type === 'end_of_turn' || item.type === 'user_message' ? state.progress : null,
  };
}

function withUpdate(state: ThreadState, event: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>): ThreadState {
  const index = indexOfItem(state.items, event.item_id);
  const item = state.items[index];
  if (!item || !isObject(event.update)) return state;
  const updated = applyItemUpdate(item, event.update);
  if (updated === item) return state;
  const items = [...state.items];
  items[index] = updated;
  return { ...state, items, progress: null };
}

function mergeThread(before: Thread | null, after: Thread): Thread {
  // The items page of these events is always empty: it says nothing about the thread's items.
  const { items: _items, ...rest } = after;
  return before && before.id !== after.id ? before : rest;
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!set.has(id)) return set;
  const next = new Set(set);
  next.delete(id);
  return next;
}
