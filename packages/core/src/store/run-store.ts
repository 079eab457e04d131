import type { TurnOutcome } from './history-store.js';
import type { OwnerScope } from './owner-scope.js';
import type { StorePart } from './store-part.js';

/** The server-side execution of a turn. */
export interface RunRecord {
  runId: string;
  threadId: string;
  ownerId: string;
  /** Rises with every run (and every take-over) of a thread; never below the store clock's microseconds since 1970, so that it also rises after a lost backend. */
  fence: number;
  status: 'running' | TurnOutcome;
  /** Number of the last event; 0 before the first. */
  lastSeq: number;
  cancelRequested: boolean;
  /** Still `running`, but its node has not renewed the lease in time: to be recovered. */
  leaseExpired: boolean;
}

/** The right to write for a run: held while the fence is the run's newest. */
export type Lease = Pick<RunRecord, 'runId' | 'threadId' | 'fence'>;

export interface RunStart {
  runId: string;
  threadId: string;
  /** Same key and same owner: the earlier run comes back as `repeated`. Kept as long as the run is. */
  idempotencyKey?: string | undefined;
  /** Milliseconds until the run counts as dead unless renewed. */
  leaseMs: number;
  /** Refuse with `too_many` when the owner has this many running runs. */
  maxPerOwner?: number | undefined;
  /** JSON kept for whoever has to finish the run's work; never read by the store. */
  turn: unknown;
}

export type RunStarted =
  | { outcome: 'started'; run: RunRecord }
  /** `run` is the earlier run with that key, or the one that holds the thread (also when its lease has expired: recover it first). */
  | { outcome: 'repeated'; run: RunRecord }
  | { outcome: 'busy'; run: RunRecord }
  | { outcome: 'too_many' };

/** One numbered event of a run: `json` is the wire event as sent. */
export interface RunEvent {
  /** Rises by one from 1. Of several events that stand for a snapshot only the last has the number, the others have null: resume only after a number. */
  seq: number | null;
  json: string;
}

export interface RunAppend {
  /** Numbered without gaps, from the last one on. */
  events: { seq: number; json: string }[];
  /** Replaces all events up to and including `seq` (which may be one of the events just given): what late readers get first. */
  snapshot?: { seq: number; events: string[] } | undefined;
}

export interface RunEnd {
  status: TurnOutcome;
}

export interface RecoveredRun {
  /** With a new fence: the lease is the caller's now. */
  run: RunRecord;
  /** The JSON that `start` was given. */
  scope: OwnerScope;
  turn: unknown;
}

/**
 * Runs: one at a time for each thread, over all nodes, with a numbered event log that any node can follow.
 *
 * A lease is lost by expiry only when someone takes the run over; then everything its holder writes is `stale_run`.
 * Another owner's run is the same as none: null, false, or an empty sequence.
 */
export interface RunStore<Scope extends OwnerScope = OwnerScope> extends StorePart {
  /** True: the log outlives this process, so events are sent only after they are in it. */
  durable: boolean;
  /** Takes the thread. Atomic: of many callers one is `started`. */
  start: (scope: Scope, run: RunStart) => Promise<RunStarted>;
  /** Adds to the log and wakes followers on all nodes. `cancel_requested`: written, and someone asked to stop. */
  append: (lease: Lease, change: RunAppend) => Promise<'written' | 'cancel_requested' | 'stale_run'>;
  renew: (lease: Lease, options: { leaseMs: number }) => Promise<'renewed' | 'cancel_requested' | 'stale_run'>;
  /** Ends the run, frees the thread, ends its followers. Idempotent. False: the lease is lost. */
  finish: (lease: Lease, end: RunEnd) => Promise<boolean>;
  /** Undoes a start whose turn was refused: as if it had never been, idempotency key and all. False: the lease is lost. */
  discard: (lease: Lease) => Promise<boolean>;
  get: (scope: Scope, query: { runId: string }) => Promise<RunRecord | null>;
  /** The running run of a thread. */
  getActive: (scope: Scope, query: { threadId: string }) => Promise<RunRecord | null>;
  /** Replays what comes after `after` (the snapshot first where that is folded away), then follows live; returns at the run's end, on abort, or when it is gone. */
  follow: (scope: Scope, query: { runId: string; after: number; signal: AbortSignal }) => AsyncIterable<RunEvent>;
  /** True: it is running and will be told. */
  requestCancel: (scope: Scope, query: { runId: string }) => Promise<boolean>;
  /** Takes over running runs whose lease has expired (one of them, or any): each goes to exactly one caller. */
  recover: (options: { leaseMs: number; limit: number; runId?: string | undefined }) => Promise<RecoveredRun[]>;
  /** Makes or replaces it. Once its lifetime is over, by the store's clock, it is as if it had never been; without one it stays. */
  saveApproval: (scope: Scope, approval: { id: string; threadId: string; state: string; lifetimeMs?: number | undefined }) => Promise<void>;
  /** Exactly once: a second claim gets null. `remainingMs`: what is left of the lifetime, if it has one. */
  claimApproval: (scope: Scope, query: { id: string }) => Promise<{ threadId: string; state: string; remainingMs?: number | undefined } | null>;
  /** Deletes the runs, logs and approvals of a deleted thread. A run still running there loses its lease. */
  deleteThread: (scope: Scope, query: { threadId: string }) => Promise<void>;
  /** Deletes at most `limit` runs (with logs and idempotency keys) that ended longer ago than `olderThanMs`; returns how many. Expired approvals go too. */
  prune: (options: { olderThanMs: number; limit: number }) => Promise<number>;
}
