import { applyItemUpdate } from '../engine/pending-items.js';
import type { ThreadItem, ThreadStreamEvent } from '../protocol/index.js';

/** Events that stand alone (effects, notices) and are kept in a snapshot at the most; older ones go first. */
const MAX_LOOSE_EVENTS = 500;

interface Entry {
  event: ThreadStreamEvent;
  /** True while the item is not finished. */
  open: boolean;
  /** Number of the last event that it stands for; 0 where numbers are not asked for. */
  seq: number;
}

type ItemUpdated = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>;

/**
 * Folds the events of a run into the fewest that bring a client to the same state: an unfinished item is one `thread.item.added` with all
 * its text so far, a finished one its `thread.item.done`. A client that saw part of it replaces what it has by id.
 */
export class RunSnapshot {
  /** By item id, or by a counter for events that stand alone; in the order in which a client has to see them. */
  readonly #entries = new Map<string, Entry>();
  readonly #loose: string[] = [];
  #counter = 0;
  #seq = 0;

  /** `seq`: the event's number, for who asks for {@link lastSeqs}. */
  apply(event: ThreadStreamEvent, seq = 0): void {
    this.#seq = seq;
    switch (event.type) {
      case 'thread.item.added':
        return this.#setItem(event.item.id, { event: structuredClone(event), open: true, seq });
      case 'thread.item.done':
      case 'thread.item.replaced':
        return this.#setItem(event.item.id, { event: structuredClone(event), open: false, seq });
      case 'thread.item.removed':
        return this.#setItem(event.item_id, { event, open: false, seq });
      case 'thread.item.updated':
        return this.#update(event);
      case 'thread.created':
      case 'thread.updated':
      case 'stream_options':
      case 'progress_update':
        // Each replaces what the one before it said.
        return this.#replaceLast(event.type, { event, open: false, seq });
      case 'client_effect':
      case 'notice':
      case 'error':
        return this.#addLoose(event);
    }
  }

  /** Items that are still open, with all that was streamed of them. */
  openItems(): ThreadItem[] {
    return this.#items(true);
  }

  /** Finished items, as sent. */
  finishedItems(): ThreadItem[] {
    return this.#items(false);
  }

  events(): ThreadStreamEvent[] {
    return Array.from(this.#entries.values(), ({ event }) => event);
  }

  /** For each of {@link events}: the number of the last event that it stands for. */
  lastSeqs(): number[] {
    return Array.from(this.#entries.values(), ({ seq }) => seq);
  }

  #items(open: boolean): ThreadItem[] {
    const items: ThreadItem[] = [];
    for (const entry of this.#entries.values()) if (entry.open === open && 'item' in entry.event) items.push(entry.event.item);
    return items;
  }

  /** An item keeps its place, unless it was removed in between. What was said of it before is outdated. */
  #setItem(itemId: string, entry: Entry): void {
    const key = `item:${itemId}`;
    const known = this.#entries.get(key);
    if (known?.event.type === 'thread.item.removed' && entry.event.type !== 'thread.item.removed') {
      this.#entries.delete(key);
      this.#replaceLast(`removed:${itemId}`, known);
    }
    // Of an item of an earlier turn: nobody has to see its updates any more.
    if (!known) this.#dropUpdates(itemId);
    this.#entries.set(key, entry);
  }

  /** Puts it at the end, where the client sees it last. */
  #replaceLast(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #update(event: ItemUpdated): void {
    const entry = this.#entries.get(`item:${event.item_id}`);
    if (entry) {
      entry.seq = this.#seq;
      if ('item' in entry.event) applyItemUpdate(entry.event.item, event.update);
      return;
    }
    // Of an item of an earlier turn: these hold its whole state, so the last one is enough.
    if (event.update.type === 'widget.root.updated' || event.update.type === 'generated_image.updated') this.#dropUpdates(event.item_id);
    this.#addLoose(event);
  }

  #dropUpdates(itemId: string): void {
    for (const [key, { event }] of this.#entries) if (event.type === 'thread.item.updated' && event.item_id === itemId) this.#entries.delete(key);
  }

  #addLoose(event: ThreadStreamEvent): void {
    const key = `loose:${String(this.#counter++)}`;
    this.#loose.push(key);
    this.#entries.set(key, { event, open: false, seq: this.#seq });
    const oldest = this.#loose.length > MAX_LOOSE_EVENTS ? this.#loose.shift() : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
