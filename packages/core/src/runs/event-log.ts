import type { ThreadStreamEvent } from '../protocol/index.js';
import type { RunEvent } from '../store/index.js';
import { RunSnapshot } from './run-snapshot.js';

export interface EventLogLimits {
  /** Events kept one by one before older ones are folded. */
  maxEvents: number;
  /** Characters kept one by one before older ones are folded; or the size of the snapshot, when that is larger, so that folding stays cheap. */
  maxChars: number;
}

const DEFAULT_LIMITS: EventLogLimits = { maxEvents: 4_096, maxChars: 512 * 1024 };

/**
 * The numbered events of one run, in this process. It is capped: the older half folds into a snapshot, so memory is bounded by
 * what the items hold, however many deltas they came in. Readers are cursors over it; a slow one costs nothing.
 */
export class EventLog {
  readonly #limits: EventLogLimits;
  readonly #fold = new RunSnapshot();
  #entries: { seq: number; json: string }[] = [];
  #chars = 0;
  #snapshot: { seq: number; events: string[] } | null = null;
  #snapshotChars = 0;
  /** For each event of the snapshot: the number of the last event that it stands for. */
  #snapshotSeqs: number[] = [];
  #lastSeq = 0;

  constructor(limits: Partial<EventLogLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  push(json: string): { seq: number; json: string } {
    const entry = { seq: ++this.#lastSeq, json };
    this.#entries.push(entry);
    this.#chars += json.length;
    return entry;
  }

  /** Events after `seq` up to and including `until`; the snapshot first when `seq` lies before its end. */
  between(seq: number, until: number): RunEvent[] {
    const events: RunEvent[] = [];
    let after = seq;
    if (this.#snapshot && after < this.#snapshot.seq) {
      // What has not changed since is known to this reader: an effect must not happen twice.
      this.#snapshot.events.forEach((json, index) => {
        if ((this.#snapshotSeqs[index] ?? 0) > seq) events.push({ seq: null, json });
      });
      after = this.#snapshot.seq;
      const last = events.pop();
      if (last) events.push({ seq: after, json: last.json });
    }
    const first = this.#entries[0]?.seq;
    if (first === undefined) return events;
    for (let index = Math.max(0, after + 1 - first); index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (!entry || entry.seq > until) break;
      events.push(entry);
    }
    return events;
  }

  /** Forgets what came after this event, as if it had never been pushed. */
  dropAfter(seq: number): void {
    while ((this.#entries.at(-1)?.seq ?? 0) > seq) this.#chars -= this.#entries.pop()?.json.length ?? 0;
    this.#lastSeq = Math.min(this.#lastSeq, seq);
  }

  /** Folds the older half when the log is over its cap. `until`: fold nothing newer. Returns the new snapshot, or null. */
  compact(until: number): { seq: number; events: string[] } | null {
    const maxChars = Math.max(this.#limits.maxChars, this.#snapshotChars);
    const maxEvents = Math.max(this.#limits.maxEvents, this.#snapshot?.events.length ?? 0);
    if (this.#entries.length <= maxEvents && this.#chars <= maxChars) return null;
    const half = Math.ceil(this.#entries.length / 2);
    let count = 0;
    for (const entry of this.#entries) {
      if (count >= half || entry.seq > until) break;
      // What is in the log is what this process serialised: a wire event.
      this.#fold.apply(JSON.parse(entry.json) as ThreadStreamEvent, entry.seq);
      this.#chars -= entry.json.length;
      count++;
    }
    const last = this.#entries[count - 1];
    if (!last) return null;
    this.#entries = this.#entries.slice(count);
    const events = this.#fold.events().map((event) => JSON.stringify(event));
    this.#snapshot = { seq: last.seq, events };
    this.#snapshotSeqs = this.#fold.lastSeqs();
    this.#snapshotChars = events.reduce((sum, json) => sum + json.length, 0);
    return this.#snapshot;
  }
}
