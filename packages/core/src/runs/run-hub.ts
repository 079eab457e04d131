import { ChatKitError } from '../errors/chatkit-error.js';
import type { OwnerScope, RunEvent, RunRecord, RunStart, Store, ThreadWrite, TurnBegun } from '../store/index.js';
import { beginTurn } from './begin-turn.js';
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

  /** Takes the thread for a new run, waiting a little for one that is ending. Throws what the client is told. */
  async begin(scope: OwnerScope, turn: { run: Omit<RunStart, 'leaseMs'>; write: ThreadWrite }): Promise<Begun> {
    const began = Date.now();
    for (;;) {
      const begun = await beginTurn(this.#store, scope, { run: { ...turn.run, leaseMs: this.leaseMs }, write: turn.write, read: { limit: 20, order: 'desc' } });
      switch (begun.outcome) {
        case 'started':
        case 'repeated':
          return begun;
        case 'busy':
          await this.#waitFor(begun.run, began);
          break;
        case 'too_many':
          throw new ChatKitError({ code: 'too_many_runs', message: 'Too many answers are being written at once. Please wait for one to end.', status: 429, retryAfter: 1 });
        case 'not_active':
          throw new ChatKitError({ code: 'thread_not_active', message: 'This conversation is closed.', status: 409 });
        case 'not_found':
          throw notFound();
      }
    }
  }

  /** Executes a started run in this process. */
  adopt(run: RunRecord): LocalRun {
    const local = new LocalRun({ lease: { runId: run.runId, threadId: run.threadId, fence: run.fence }, ownerId: run.ownerId, store: this.#store.runs, leaseMs: this.#leaseMs, renewEveryMs: this.#renewEveryMs, log: this.#log });
    this.#local.set(run.runId, local);
    return local;
  }

  release(runId: string): void {
    this.#local.get(runId)?.end();
    this.#local.delete(runId);
  }

  /** Batches of a run's events after a number, then live, wherever it is executed. */
  async *follow(scope: OwnerScope, query: { runId: string; after: number; signal: AbortSignal }): AsyncGenerator<RunEvent[], void, undefined> {
    const local = this.#local.get(query.runId);
    if (local) yield* local.follow(query.after, query.signal);
    else for await (const event of this.#store.runs.follow(scope, query)) yield [event];
  }

  /** True: it was running. Reaches the model's abort signal on whatever node it runs. */
  async cancel(scope: OwnerScope, runId: string): Promise<boolean> {
    const asked = await this.#store.runs.requestCancel(scope, { runId });
    if (asked) this.#local.get(runId)?.abort('cancelled');
    return asked;
  }

  async #waitFor(run: RunRecord, began: number): Promise<void> {
    if (run.leaseExpired) {
      await this.#recover(run.runId);
      return;
    }
    const waited = Date.now() - began;
    const local = this.#local.get(run.runId);
    const ending = run.cancelRequested || local?.abandoned === true || local?.signal.aborted === true;
    if (waited >= (ending ? this.#busyWaitMs : Math.min(BUSY_GRACE_MS, this.#busyWaitMs))) {
      throw new ChatKitError({ code: 'thread_busy', message: 'This conversation is still being answered.', status: 409 });
    }
    await new Promise((resolve) => setTimeout(resolve, BUSY_POLL_MS));
  }
}

/** The one answer for what is absent and for what is another's. */
export function notFound(): ChatKitError {
  return new ChatKitError({ code: 'not_found', message: 'Not found.', status: 404 });
}
