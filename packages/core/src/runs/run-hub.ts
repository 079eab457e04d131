import { ChatKitError } from '../errors/chatkit-error.js';
import { newId, type OwnerScope, type RunEvent, type RunRecord, type RunStart, type Store, type TurnBegun } from '../store/index.js';
import { beginTurn, type FirstWrite } from './begin-turn.js';
import type { EventLogLimits } from './event-log.js';
import { LocalRun } from './local-run.js';

export interface RunHubOptions {
  store: Store;
  /** Takes over and finishes one dead run; false when somebody else did. */
  recover: (runId: string) => Promise<boolean>;
  leaseMs?: number | undefined;
  renewEveryMs?: number | undefined;
  /** How long a request waits for a run that is ending. */
  busyWaitMs?: number | undefined;
  log?: Partial<EventLogLimits> | undefined;
}

export const DEFAULT_LEASE_MS = 15_000;
const DEFAULT_RENEW_MS = 2_000;
const DEFAULT_BUSY_WAIT_MS = 5_000;
/** A reader that has just gone may not be noticed yet, here or on another node. */
const BUSY_GRACE_MS = 250;
const BUSY_POLL_MS = 25;
/** Read when a turn begins: what the default model input needs of most threads, so that it costs no reading of its own. */
const RECENT_ITEMS = 80;
/** How often a silent run of another node is looked after: soon after its lease has run out, whenever that was renewed last. */
const LOOKS_PER_LEASE = 5;

type Begun = Extract<TurnBegun, { outcome: 'started' | 'repeated' }>;

/** Starts, finds, follows and cancels runs: those of this process directly, all others through the store. */
export class RunHub {
  readonly #store: Store;
  readonly #recover: (runId: string) => Promise<boolean>;
  readonly #log: Partial<EventLogLimits> | undefined;
  readonly #leaseMs: number;
  readonly #renewEveryMs: number;
  readonly #busyWaitMs: number;
  readonly #local = new Map<string, LocalRun>();
  #closing = false;
  #stopping = false;

  constructor(options: RunHubOptions) {
    this.#store = options.store;
    this.#recover = options.recover;
    this.#log = options.log;
    this.#leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
    this.#renewEveryMs = options.renewEveryMs ?? DEFAULT_RENEW_MS;
    this.#busyWaitMs = options.busyWaitMs ?? DEFAULT_BUSY_WAIT_MS;
  }

  get leaseMs(): number {
    return this.#leaseMs;
  }

  /** The run, when this process executes it. */
  local(runId: string): LocalRun | undefined {
    return this.#local.get(runId);
  }

  get localRuns(): LocalRun[] {
    return [...this.#local.values()];
  }

  /** True: no run is begun here any more. */
  get closing(): boolean {
    return this.#closing;
  }

  /** From now on no run is begun here; those that are under way go on. */
  close(): void {
    this.#closing = true;
  }

  /** Ends what is under way, and at once what may still be adopted. */
  stop(): void {
    this.#stopping = true;
    for (const run of this.#local.values()) run.abort('cancelled');
  }

  /** Takes the thread for a new run, waiting a little for one that is ending. Throws what the client is told. */
  async begin(scope: OwnerScope, turn: { run: Omit<RunStart, 'leaseMs'>; write: FirstWrite }): Promise<Begun> {
    const began = Date.now();
    for (;;) {
      if (this.#closing) throw shuttingDown();
      const begun = await beginTurn(this.#store, scope, { run: { ...turn.run, leaseMs: this.leaseMs }, write: turn.write, read: { limit: RECENT_ITEMS, order: 'desc' } });
      switch (begun.outcome) {
        case 'started':
          return begun;
        case 'repeated':
          await this.finishIfDead(begun.run);
          return begun;
        case 'busy':
          await this.#waitFor(begun.run, began);
          break;
        case 'too_many':
          throw new ChatKitError({ code: 'too_many_runs', message: 'Too many answers are being written at once. Please wait for one to end.', status: 429, retryAfter: 1 });
        case 'not_active':
          throw notActive();
        case 'not_found':
          throw notFound();
      }
    }
  }

  /** The earlier run with this key; null when there is none. Asked by way of a start, which is the only place where stores look for keys. */
  async findRepeated(scope: OwnerScope, query: { threadId: string; idempotencyKey: string }): Promise<RunRecord | null> {
    const started = await this.#store.runs.start(scope, { ...query, runId: newId('run'), leaseMs: this.leaseMs, turn: {} });
    if (started.outcome === 'started') await this.#store.runs.discard(started.run);
    if (started.outcome !== 'repeated') return null;
    await this.finishIfDead(started.run);
    return started.run;
  }

  /** Executes a started run in this process. */
  adopt(run: RunRecord): LocalRun {
    const local = new LocalRun({ lease: { runId: run.runId, threadId: run.threadId, fence: run.fence }, ownerId: run.ownerId, store: this.#store.runs, leaseMs: this.#leaseMs, renewEveryMs: this.#renewEveryMs, log: this.#log });
    this.#local.set(run.runId, local);
    if (this.#stopping) local.abort('cancelled');
    return local;
  }

  release(runId: string): void {
    this.#local.get(runId)?.end();
    this.#local.delete(runId);
  }

  /** Batches of a run's events after a number, then live, wherever it is executed. */
  async *follow(scope: OwnerScope, query: { runId: string; after: number; signal: AbortSignal }): AsyncGenerator<RunEvent[], void, undefined> {
    const local = this.#local.get(query.runId);
    if (local) return yield* local.follow(query.after, query.signal);
    // Its node may die while somebody waits here for the end.
    let silent = false;
    const look = (): void => {
      if (silent) void this.#lookAfter(scope, query.runId);
      silent = true;
    };
    const watch = setInterval(look, this.#leaseMs / LOOKS_PER_LEASE);
    (watch as { unref?: () => void }).unref?.();
    try {
      for await (const event of this.#store.runs.follow(scope, query)) {
        silent = false;
        yield [event];
      }
    } finally {
      clearInterval(watch);
    }
  }

  /** A run whose node is gone would never end: its books are finished here and now. */
  async finishIfDead(run: RunRecord): Promise<void> {
    // What this process executes is alive, even when the store was away for longer than the lease.
    if (run.leaseExpired && !this.#local.has(run.runId)) await this.#recover(run.runId);
  }

  async #lookAfter(scope: OwnerScope, runId: string): Promise<void> {
    try {
      const run = await this.#store.runs.get(scope, { runId });
      if (run) await this.finishIfDead(run);
    } catch {
      // The store is away, or what the app does after a turn failed: looked at again in a while.
    }
  }

  /** True: it was running. Reaches the model's abort signal on whatever node it runs. */
  async cancel(scope: OwnerScope, runId: string): Promise<boolean> {
    const asked = await this.#store.runs.requestCancel(scope, { runId });
    const local = this.#local.get(runId);
    if (asked && local) local.abort('cancelled');
    else if (asked) await this.#lookAfter(scope, runId);
    return asked;
  }

  async #waitFor(run: RunRecord, began: number): Promise<void> {
    if (run.leaseExpired && !this.#local.has(run.runId)) return this.finishIfDead(run);
    const waited = Date.now() - began;
    const local = this.#local.get(run.runId);
    const ending = run.cancelRequested || local?.abandoned === true || local?.signal.aborted === true;
    if (waited >= (ending ? this.#busyWaitMs : Math.min(BUSY_GRACE_MS, this.#busyWaitMs))) {
      throw new ChatKitError({ code: 'thread_busy', message: 'This conversation is still being answered.', status: 409 });
    }
    await new Promise((resolve) => setTimeout(resolve, BUSY_POLL_MS));
  }
}

export function shuttingDown(): ChatKitError {
  return new ChatKitError({ code: 'shutting_down', message: 'The service is temporarily unavailable. Please try again.', status: 503, allowRetry: true, retryAfter: 1 });
}

export function notActive(): ChatKitError {
  return new ChatKitError({ code: 'thread_not_active', message: 'This conversation is closed.', status: 409 });
}

/** The one answer for what is absent and for what is another's. */
export function notFound(): ChatKitError {
  return new ChatKitError({ code: 'not_found', message: 'Not found.', status: 404 });
}
