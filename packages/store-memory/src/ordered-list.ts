import { pageLimit, type PageQuery } from '@chatkit-selfhost/core';

interface Entry<T> {
  key: string;
  sequence: number;
  value: T;
}

export interface ListPage<T> {
  data: T[];
  has_more: boolean;
  after?: string;
}

/**
 * Records in order of arrival. A page costs O(log n + limit) wherever it is; the place of a removed record is remembered,
 * so that a cursor to it still works.
 */
export class OrderedList<T> {
  #entries: Entry<T>[] = [];
  readonly #byKey = new Map<string, Entry<T>>();
  readonly #removed = new Map<string, number>();
  readonly #maxRemoved: number;
  #lastSequence = 0;

  /** @param maxRemoved How many removed records are remembered; the oldest are forgotten first. */
  constructor(maxRemoved = Infinity) {
    this.#maxRemoved = maxRemoved;
  }

  get size(): number {
    return this.#entries.length;
  }

  get(key: string): T | undefined {
    return this.#byKey.get(key)?.value;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** Whether this record is or was here: a cursor to it works. */
  knows(key: string): boolean {
    return this.#sequenceOf(key) !== undefined;
  }

  values(): T[] {
    return this.#entries.map((entry) => entry.value);
  }

  /** A known key keeps its place. */
  set(key: string, value: T): void {
    const known = this.#byKey.get(key);
    if (known) {
      known.value = value;
      return;
    }
    this.#lastSequence += 1;
    const entry = { key, sequence: this.#lastSequence, value };
    this.#removed.delete(key);
    this.#byKey.set(key, entry);
    this.#entries.push(entry);
  }

  remove(key: string): boolean {
    const entry = this.#byKey.get(key);
    if (!entry) return false;
    this.#entries.splice(this.#firstFrom(entry.sequence), 1);
    this.#forget(entry);
    return true;
  }

  removeAfter(key: string): void {
    const entry = this.#byKey.get(key);
    if (!entry) return;
    for (const later of this.#entries.splice(this.#firstFrom(entry.sequence + 1))) this.#forget(later);
  }

  /** Null: the cursor never named a record of this list. */
  page(query: PageQuery, accepts: (value: T) => boolean = () => true): ListPage<T> | null {
    const cursor = query.after === undefined ? undefined : this.#sequenceOf(query.after);
    if (cursor === undefined && query.after !== undefined) return null;
    const limit = pageLimit(query);
    const step = query.order === 'asc' ? 1 : -1;
    const found: Entry<T>[] = [];
    for (let index = this.#start(cursor, step); found.length <= limit; index += step) {
      const entry = this.#entries[index];
      if (!entry) break;
      if (accepts(entry.value)) found.push(entry);
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const data = page.map((entry) => entry.value);
    return found.length > limit && last ? { data, has_more: true, after: last.key } : { data, has_more: false };
  }

  #start(cursor: number | undefined, step: 1 | -1): number {
    if (step === 1) return cursor === undefined ? 0 : this.#firstFrom(cursor + 1);
    return (cursor === undefined ? this.#entries.length : this.#firstFrom(cursor)) - 1;
  }

  #sequenceOf(key: string): number | undefined {
    return this.#byKey.get(key)?.sequence ?? this.#removed.get(key);
  }

  /** Index of the first entry whose sequence is at least this one. */
  #firstFrom(sequence: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forget(entry: Entry<T>): void {
    this.#byKey.delete(entry.key);
    this.#removed.set(entry.key, entry.sequence);
    if (this.#removed.size <= this.#maxRemoved) return;
    for (const oldest of this.#removed.keys()) {
      this.#removed.delete(oldest);
      break;
    }
  }
}
