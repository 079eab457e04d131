import { applyItemUpdate } from '../engine/pending-items.js';
import type { ThreadItem, ThreadStreamEvent } from '../protocol/index.js';

/** Events that stand alone (effects, notices) and are kept in a snapshot at the most; older ones go first. */
const MAX_LOOSE_EVENTS = 500;

interface Entry {
  event: ThreadStreamEvent;
  /** True while updates to the item still fold into `event.item`. */
  open: boolean;
}

/**
 * Folds the events of a run into the fewest that bring a client to the same state: an unfinished item is one `thread.item.added` with all
 * its text so far, a finished one its `thread.item.done`. A client that saw part of it replaces what it has by id.
 */
export class RunSnapshot {
  /** By item id, or by a counter for events that stand alone; in order of first appearance. */
  readonly #entries = new Map<string, Entry>();
  readonly #loose: string[] = [];
  #counter = 0;

  apply(event: ThreadStreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        this.#entries.set(`item:${event.item.id}`, { event: structuredClone(event), open: true });
        return;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.#entries.set(`item:${event.item.id}`, { event, open: false });
        return;
      case 'thread.item.removed':
        this.#entries.set(`item:${event.item_id}`, { event, open: false });
        return;
      case 'thread.item.updated':
        return this.#update(event);
      case 'thread.created':
      case 'thread.updated':
      case 'stream_options':
      case 'progress_update':
        // Each replaces what the one before it said.
        this.#entries.set(event.type, { event, open: false });
        return;
      case 'client_effect':
      case 'notice':
      case 'error':
        return this.#addLoose(event);
    }
  }

  /** Items that are still open, with all that was streamed of them. */
  openItems(): ThreadItem[] {
    const items: ThreadItem[] = [];
    for (const { event, open } of this.#entries.values()) if (open && 'item' in event) items.push(event.item);
    return items;
  }

  /** Finished items, as sent. */
  finishedItems(): ThreadItem[] {
    const items: ThreadItem[] = [];
    for (const { event, open } of this.#entries.values()) if (!open && 'item' in event) items.push(event.item);
    return items;
  }

  events(): ThreadStreamEvent[] {
    return Array.from(this.#entries.values(), ({ event }) => event);
  }

  #update(event: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>): void {
    const entry = this.#entries.get(`item:${event.item_id}`);
    if (entry?.open && 'item' in entry.event) applyItemUpdate(entry.event.item, event.update);
    else if (event.update.type === 'widget.root.updated' || event.update.type === 'generated_image.updated') {
      // Of an item of an earlier turn: each holds the whole state, so the last one is enough.
      this.#entries.set(`update:${event.item_id}`, { event, open: false });
    } else this.#addLoose(event);
  }

  #addLoose(event: ThreadStreamEvent): void {
    const key = `loose:${String(this.#counter++)}`;
    this.#loose.push(key);
    this.#entries.set(key, { event, open: false });
    const oldest = this.#loose.length > MAX_LOOSE_EVENTS ? this.#loose.shift() : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
