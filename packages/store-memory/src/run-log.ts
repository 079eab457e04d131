import { sanitizeText, type RunAppend, type RunEvent } from '@chatkit-selfhost/core';

interface Waiter {
  promise: Promise<void>;
  wake: () => void;
}

/** The numbered events of one run. A change wakes its followers; nobody polls. */
export class RunLog {
  /** Stands for the events up to and including `#folded`. */
  #snapshot: string[] = [];
  #folded = 0;
  /** The event numbered `#folded + 1` is the first one here. */
  #events: string[] = [];
  #closed = false;
  #waiter: Waiter | undefined;
  /** Characters kept. */
  size = 0;

  get lastSeq(): number {
    return this.#folded + this.#events.length;
  }

  /** Events that are in the log already are passed over. */
  append({ events, snapshot }: RunAppend): void {
    for (const event of events) {
      if (event.seq <= this.lastSeq) continue;
      if (event.seq > this.lastSeq + 1) throw new RangeError(`event ${event.seq} comes after ${this.lastSeq}: the numbers have a gap`);
      const json = sanitizeText(event.json);
      this.#events.push(json);
      this.size += json.length;
    }
    if (snapshot) this.#fold(snapshot);
    this.#wake();
  }

  /** Ends the followers once they have read everything. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Empties the log of a run that is gone, and ends its followers at once. */
  drop(): void {
    this.#events = [];
    this.#snapshot = [];
    this.#folded = Infinity;
    this.close();
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<RunEvent, void> {
    let position = after;
    const stop = (): void => this.#wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        if (position < this.#folded) {
          const folded = this.#folded;
          yield* withLastNumber(this.#snapshot, folded);
          position = folded;
          continue;
        }
        const json = this.#events[position - this.#folded];
        if (json !== undefined) {
          position += 1;
          yield { seq: position, json };
        } else if (this.#closed) return;
        else await this.#change();
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #fold({ seq, events }: NonNullable<RunAppend['snapshot']>): void {
    if (seq <= this.#folded) return;
    if (seq > this.lastSeq) throw new RangeError(`a snapshot of event ${seq} comes after ${this.lastSeq}`);
    this.#events.splice(0, seq - this.#folded);
    this.#folded = seq;
    this.#snapshot = events.map(sanitizeText);
    this.size = lengthOf(this.#snapshot) + lengthOf(this.#events);
  }

  #change(): Promise<void> {
    if (!this.#waiter) {
      let wake = (): void => undefined;
      const promise = new Promise<void>((resolve) => (wake = resolve));
      this.#waiter = { promise, wake };
    }
    return this.#waiter.promise;
  }

  #wake(): void {
    this.#waiter?.wake();
    this.#waiter = undefined;
  }
}

function* withLastNumber(events: string[], seq: number): Generator<RunEvent, void> {
  for (const [index, json] of events.entries()) yield { seq: index === events.length - 1 ? seq : null, json };
}

function lengthOf(texts: string[]): number {
  return texts.reduce((total, text) => total + text.length, 0);
}
