import type { Lease, RunAppend, RunEvent, RunStore } from '../store/index.js';
import { EventLog, type EventLogLimits } from './event-log.js';
import { macrotask } from './macrotask.js';
import { WakeSignal } from './wake-signal.js';

/** Why a run's signal aborted. */
export type AbortReason = 'cancelled' | 'timeout' | 'lost' | 'failed';

/** `signal.reason` of an aborted run. */
export class RunAborted extends Error {
  readonly reason: AbortReason;
  constructor(reason: AbortReason, cause?: unknown) {
    super(`The run was ended: ${reason}.`, cause === undefined ? undefined : { cause });
    this.name = 'AbortError';
    this.reason = reason;
  }
}

export interface LocalRunOptions {
  lease: Lease;
  ownerId: string;
  store: Pick<RunStore, 'append' | 'renew' | 'durable'>;
  leaseMs: number;
  /** Pause between renewals, which is also how long a silent run may take to hear of a cancel from another node. */
  renewEveryMs: number;
  log?: Partial<EventLogLimits> | undefined;
}

/** A durable log is written in batches of this many events, or after this many milliseconds. */
const BATCH_EVENTS = 64;
const BATCH_MS = 10;
/** Before each further try to write one. */
const APPEND_PAUSES_MS = [50, 250];

/**
 * A run that this process executes: its events go to the store's log in batches, and to readers here once they may be seen
 * (after the batch is in the log where the log is durable). Nobody ever waits for a reader.
 */
export class LocalRun {
  readonly lease: Lease;
  readonly ownerId: string;
  /** Resolves at {@link end}. */
  readonly whenEnded: Promise<void>;
  readonly #options: LocalRunOptions;
  readonly #controller = new AbortController();
  readonly #log: EventLog;
  readonly #wake = new WakeSignal();
  readonly #renewal: ReturnType<typeof setInterval>;
  #batch: { seq: number; json: string }[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;
  #visibleSeq = 0;
  #wakeScheduled = false;
  #renewing = false;
  #ended = false;
  #holders = 0;
  #abandoned = false;
  #kept = false;
  #resolveEnded: () => void = () => undefined;

  constructor(options: LocalRunOptions) {
    this.lease = options.lease;
    this.ownerId = options.ownerId;
    this.whenEnded = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#options = options;
    this.#log = new EventLog(options.log);
    this.#renewal = setInterval(() => void this.#renew(), options.renewEveryMs);
    (this.#renewal as { unref?: () => void }).unref?.();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it was aborted; null while it was not. */
  get abortReason(): AbortReason | null {
    const { reason } = this.signal as { reason: unknown };
    return reason instanceof RunAborted ? reason.reason : null;
  }

  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** True once everyone who was waiting for the answer has gone. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  abort(reason: AbortReason, cause?: unknown): void {
    if (!this.#ended && !this.signal.aborted) this.#controller.abort(new RunAborted(reason, cause));
  }

  /** Whoever asked for the answer comes back for it: that everyone has gone is no stop any more. */
  keep(): void {
    this.#kept = true;
  }

  /** Someone waits for the answer; call the result once when they have gone. `whenLast` runs if nobody else is left, nor comes back. */
  hold(whenLast: () => void): () => void {
    this.#holders++;
    this.#abandoned = false;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--this.#holders > 0 || this.#ended) return;
      this.#abandoned = true;
      if (!this.#kept) whenLast();
    };
  }

  push(json: string): void {
    if (this.#ended) return;
    const event = this.#log.push(json);
    // Taken over, or the store is away: only the readers here can still be told.
    if (this.abortReason === 'lost' || this.abortReason === 'failed') return;
    this.#batch.push(event);
    if (!this.#options.store.durable) this.#show(this.#log.lastSeq);
    this.#scheduleWrite();
  }

  /** Resolves when all that was pushed is in the store's log and visible to readers. */
  async flush(): Promise<void> {
    while (this.#batch.length > 0 || this.#writing) await this.#write();
  }

  /** What the store's log did not take, and nobody has seen, is given up: it would be shown and stored nowhere. */
  dropUnseen(): void {
    this.#batch = [];
    this.#log.dropAfter(this.#visibleSeq);
  }

  /** Ends the run here; readers return once they have read all. */
  end(): void {
    this.#ended = true;
    clearInterval(this.#renewal);
    if (this.#timer) clearTimeout(this.#timer);
    this.#visibleSeq = this.#log.lastSeq;
    this.#wake.wake();
    this.#resolveEnded();
  }

  /** Batches of events after a number, then live until the end: a cursor over the log, which holds nothing back for it. */
  async *follow(after: number, signal?: AbortSignal): AsyncGenerator<RunEvent[], void, undefined> {
    let cursor = after;
    const stop = (): void => this.#wake.wake();
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const events = this.#log.between(cursor, this.#visibleSeq);
        const last = events.at(-1);
        if (last) {
          cursor = last.seq ?? cursor;
          yield events;
        } else if (this.#ended) return;
        else await this.#wake.wait();
      }
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  #show(seq: number): void {
    this.#visibleSeq = seq;
    if (this.#wakeScheduled) return;
    this.#wakeScheduled = true;
    // One wake-up for all that becomes ready in this turn of the event loop: its frames are written together.
    macrotask(() => {
      this.#wakeScheduled = false;
      this.#wake.wake();
    });
  }

  #scheduleWrite(): void {
    if (this.#writing) return;
    if (this.#batch.length >= BATCH_EVENTS) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), BATCH_MS);
  }

  #write(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing ??= this.#writeBatch().finally(() => {
      this.#writing = null;
      if (this.#batch.length > 0 && !this.#ended) this.#scheduleWrite();
    });
    return this.#writing;
  }

  async #writeBatch(): Promise<void> {
    const events = this.#batch;
    const last = events.at(-1);
    if (!last) return;
    this.#batch = [];
    try {
      const snapshot = this.#log.compact(this.#visibleSeq);
      const result = await this.#append(snapshot ? { events, snapshot } : { events });
      if (result === 'stale_run') return this.abort('lost');
      if (result === 'cancel_requested') this.abort('cancelled');
      if (this.#options.store.durable) this.#show(last.seq);
    } catch (error) {
      this.abort('failed', error);
    }
  }

  /** Once more where the store stumbles: what it has already, it takes no second time. */
  async #append(change: RunAppend): ReturnType<RunStore['append']> {
    for (const pause of APPEND_PAUSES_MS) {
      try {
        return await this.#options.store.append(this.lease, change);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return this.#options.store.append(this.lease, change);
  }

  async #renew(): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    try {
      const result = await this.#options.store.renew(this.lease, { leaseMs: this.#options.leaseMs });
      if (result === 'stale_run') this.abort('lost');
      else if (result === 'cancel_requested') this.abort('cancelled');
    } catch {
      // The store is away for a moment: the lease outlives several renewals, and the next write says what is wrong.
    } finally {
      this.#renewing = false;
    }
  }
}
