import type { Item, ThreadStreamEvent, WidgetRoot } from '../protocol/index.js';
import { diffWidget } from './diff-widget.js';

export interface StreamWidgetOptions {
  /** A finished widget, or its states one after the other, each complete. */
  widget: WidgetRoot | AsyncIterable<WidgetRoot>;
  /** What the copy button copies. */
  copyText?: string | undefined;
  threadId: string;
  newId: () => string;
  /** The time as RFC 3339 UTC with `Z`. */
  now: () => string;
}

/** The events of a streamed widget. */
export type WidgetStreamEvent = Extract<ThreadStreamEvent, { type: 'thread.item.added' | 'thread.item.updated' | 'thread.item.done' }>;

/** Authors may go on changing the object that they gave; what was sent must stay what it was. */
function snapshotOf(widget: WidgetRoot): WidgetRoot {
  return JSON.parse(JSON.stringify(widget)) as WidgetRoot;
}

/**
 * Turns a widget into stream events. A finished one is one `thread.item.done`. Of a series of states the first is
 * `thread.item.added`, each later one an update for each change, and the last `thread.item.done` once more, all under one
 * id and time. A series without any state gives no events. Who stops reading early stops the series as well.
 */
export async function* streamWidget(options: StreamWidgetOptions): AsyncGenerator<WidgetStreamEvent, void, undefined> {
  const base = { type: 'widget' as const, id: options.newId(), thread_id: options.threadId, created_at: options.now() };
  const itemOf = (widget: WidgetRoot): Item<'widget'> => ({
    ...base,
    widget,
    ...(options.copyText === undefined ? {} : { copy_text: options.copyText }),
  });

  if (!(Symbol.asyncIterator in options.widget)) {
    yield { type: 'thread.item.done', item: itemOf(options.widget) };
    return;
  }

  let last: WidgetRoot | undefined;
  for await (const state of options.widget) {
    const current = snapshotOf(state);
    if (last === undefined) yield { type: 'thread.item.added', item: itemOf(current) };
    else for (const update of diffWidget(last, current)) yield { type: 'thread.item.updated', item_id: base.id, update };
    last = current;
  }
  if (last !== undefined) yield { type: 'thread.item.done', item: itemOf(last) };
}
