import { getOrMake } from './get-or-make.js';
import { OrderedList } from './ordered-list.js';

export interface ThreadRow {
  threadId: string;
  ownerId: string;
  /** JSON of the thread. */
  text: string;
  active: boolean;
  /** The highest fence seen. */
  fence: number;
  /** JSON of each item. */
  items: OrderedList<string>;
}

/** Evicted threads whose ids stay usable as cursors, for each owner. */
const REMEMBERED_EVICTIONS = 1_000;

/** Threads by id, by owner in order of creation, and by how long they have not been written. */
export class ThreadRows {
  readonly #byId = new Map<string, ThreadRow>();
  readonly #owners = new Map<string, OrderedList<ThreadRow>>();
  /** In order of the last write, while there is a limit. */
  readonly #recency = new Map<string, ThreadRow>();
  readonly #maxThreads: number;

  constructor(maxThreads: number) {
    this.#maxThreads = maxThreads;
  }

  find(threadId: string): ThreadRow | undefined {
    return this.#byId.get(threadId);
  }

  owned(ownerId: string, threadId: string): ThreadRow | null {
    const row = this.#byId.get(threadId);
    return row?.ownerId === ownerId ? row : null;
  }

  ofOwner(ownerId: string): OrderedList<ThreadRow> {
    return this.#owners.get(ownerId) ?? new OrderedList();
  }

  save(row: ThreadRow): void {
    if (this.#maxThreads !== Infinity) {
      this.#recency.delete(row.threadId);
      this.#recency.set(row.threadId, row);
    }
    if (this.#byId.get(row.threadId) === row) return;
    this.#byId.set(row.threadId, row);
    const bound = this.#maxThreads === Infinity ? Infinity : REMEMBERED_EVICTIONS;
    getOrMake(this.#owners, row.ownerId, () => new OrderedList<ThreadRow>(bound)).set(row.threadId, row);
  }

  delete(row: ThreadRow): void {
    this.#byId.delete(row.threadId);
    this.#recency.delete(row.threadId);
    this.#owners.get(row.ownerId)?.remove(row.threadId);
  }

  deleteOwner(ownerId: string): void {
    for (const row of this.ofOwner(ownerId).values()) this.delete(row);
    this.#owners.delete(ownerId);
  }

  /** The threads beyond the limit: those longest idle, never one that is in use. */
  surplus(inUse: (row: ThreadRow) => boolean): ThreadRow[] {
    let excess = this.#byId.size - this.#maxThreads;
    const rows: ThreadRow[] = [];
    for (const row of excess > 0 ? this.#recency.values() : []) {
      if (excess <= 0) break;
      if (inUse(row)) continue;
      rows.push(row);
      excess -= 1;
    }
    return rows;
  }

  /** An owner without threads is forgotten with an evicted one; a user who deletes them keeps usable cursors. */
  evict(row: ThreadRow): void {
    this.delete(row);
    if (this.ofOwner(row.ownerId).size === 0) this.#owners.delete(row.ownerId);
  }
}
