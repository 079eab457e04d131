interface Slot<T> {
  value: T;
  dueAt: number;
  index: number;
}

/** A binary heap that knows where its values are: the earliest is found in O(1), a change costs O(log n). */
export class ExpiryQueue<T> {
  readonly #heap: Slot<T>[] = [];
  readonly #slots = new Map<T, Slot<T>>();

  get size(): number {
    return this.#heap.length;
  }

  /** Adds the value, or moves it to another time. */
  set(value: T, dueAt: number): void {
    const known = this.#slots.get(value);
    const slot = known ?? { value, dueAt, index: this.#heap.length };
    slot.dueAt = dueAt;
    if (!known) {
      this.#slots.set(value, slot);
      this.#heap.push(slot);
    }
    this.#up(slot);
    this.#down(slot);
  }

  delete(value: T): void {
    const slot = this.#slots.get(value);
    if (!slot) return;
    this.#slots.delete(value);
    const last = this.#heap.pop();
    if (!last || last === slot) return;
    this.#put(last, slot.index);
    this.#up(last);
    this.#down(last);
  }

  /** The earliest value that is due, still in the queue. */
  peekDue(now: number): T | undefined {
    const first = this.#heap[0];
    return first && first.dueAt <= now ? first.value : undefined;
  }

  #put(slot: Slot<T>, index: number): void {
    slot.index = index;
    this.#heap[index] = slot;
  }

  #up(slot: Slot<T>): void {
    while (slot.index > 0) {
      const parent = this.#heap[(slot.index - 1) >> 1];
      if (!parent || parent.dueAt <= slot.dueAt) return;
      this.#swap(slot, parent);
    }
  }

  #down(slot: Slot<T>): void {
    for (;;) {
      const left = this.#heap[slot.index * 2 + 1];
      const right = this.#heap[slot.index * 2 + 2];
      const child = right && left && right.dueAt < left.dueAt ? right : left;
      if (!child || child.dueAt >= slot.dueAt) return;
      this.#swap(child, slot);
    }
  }

  #swap(a: Slot<T>, b: Slot<T>): void {
    const index = a.index;
    this.#put(a, b.index);
    this.#put(b, index);
  }
}
