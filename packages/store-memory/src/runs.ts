import type {
  Lease, OwnerScope, RecoveredRun, RunAppend, RunEnd, RunEvent, RunRecord, RunStart, RunStarted, RunStore,
} from '@chatkit-selfhost/core';
import { approvalsOf } from './approvals.js';
import { ExpiryQueue } from './expiry-queue.js';
import { fromJsonText, toJsonText } from './json-text.js';
import { RunRegistry, type RunRow } from './run-registry.js';
import { RunLog } from './run-log.js';

/** The runs part, with the synchronous steps that the turn's fast path and eviction are made of. */
export interface MemoryRuns {
  part: RunStore;
  start: (scope: OwnerScope, run: RunStart, minFence?: number) => RunStarted;
  /** The run that this lease is the newest for; null when the lease is lost. */
  held: (lease: Lease) => RunRow | null;
  finish: (lease: Lease, end: RunEnd) => boolean;
  discard: (lease: Lease) => boolean;
  isBusy: (ownerId: string, threadId: string) => boolean;
  deleteThread: (ownerId: string, threadId: string) => void;
}

export function memoryRuns({ backend, now }: { backend: object; now: () => number }): MemoryRuns {
  const registry = new RunRegistry();
  const leases = new ExpiryQueue<RunRow>();
  const approvals = approvalsOf(now);
  let lastFence = 0;

  const nextFence = (minFence = 0): number => {
    lastFence = Math.max(Math.trunc(now() * 1000), lastFence + 1, minFence);
    return lastFence;
  };
  const holdFor = (row: RunRow, leaseMs: number): void => {
    row.leaseUntil = now() + leaseMs;
    leases.set(row, row.leaseUntil);
  };
  const held = (lease: Lease): RunRow | null => {
    const row = registry.find(lease.runId);
    return row && row.threadId === lease.threadId && row.fence === lease.fence ? row : null;
  };
  const running = (lease: Lease): RunRow | null => {
    const row = held(lease);
    return row?.status === 'running' ? row : null;
  };
  const toRecord = (row: RunRow): RunRecord => ({
    runId: row.runId,
    threadId: row.threadId,
    ownerId: row.ownerId,
    fence: row.fence,
    status: row.status,
    lastSeq: row.log.lastSeq,
    cancelRequested: row.cancelRequested,
    leaseExpired: row.status === 'running' && row.leaseUntil <= now(),
  });
  const forget = (rows: Iterable<RunRow>): void => {
    for (const row of rows) {
      leases.delete(row);
      registry.delete(row);
      row.log.drop();
    }
  };
  const takeOver = (row: RunRow, leaseMs: number): RecoveredRun => {
    row.fence = nextFence(row.fence + 1);
    holdFor(row, leaseMs);
    return { run: toRecord(row), scope: fromJsonText(row.scope), turn: fromJsonText(row.turn) };
  };

  const start = (scope: OwnerScope, run: RunStart, minFence?: number): RunStarted => {
    const repeated = registry.withKey(scope.ownerId, run.idempotencyKey);
    if (repeated) return { outcome: 'repeated', run: toRecord(repeated) };
    const active = registry.active(scope.ownerId, run.threadId);
    if (active) return { outcome: 'busy', run: toRecord(active) };
    if (run.maxPerOwner !== undefined && registry.countRunning(scope.ownerId) >= run.maxPerOwner) return { outcome: 'too_many' };
    const row: RunRow = {
      runId: run.runId,
      threadId: run.threadId,
      ownerId: scope.ownerId,
      idempotencyKey: run.idempotencyKey,
      scope: toJsonText(scope),
      turn: toJsonText(run.turn ?? null),
      fence: nextFence(minFence),
      status: 'running',
      cancelRequested: false,
      leaseUntil: 0,
      endedAt: 0,
      log: new RunLog(),
    };
    registry.add(row);
    holdFor(row, run.leaseMs);
    return { outcome: 'started', run: toRecord(row) };
  };

  const finish = (lease: Lease, end: RunEnd): boolean => {
    const row = held(lease);
    if (!row) return false;
    if (row.status !== 'running') return true;
    leases.delete(row);
    forget(registry.finish(row, end.status, now()));
    row.log.close();
    return true;
  };

  const discard = (lease: Lease): boolean => {
    const row = running(lease);
    if (!row) return false;
    forget([row]);
    return true;
  };

  const deleteThread = (ownerId: string, threadId: string): void => {
    forget(registry.ofThread(ownerId, threadId));
    approvals.deleteThread(ownerId, threadId);
  };

  const recover = ({ leaseMs, limit, runId }: { leaseMs: number; limit: number; runId?: string | undefined }): RecoveredRun[] => {
    const time = now();
    const recovered: RecoveredRun[] = [];
    if (runId !== undefined) {
      const row = registry.find(runId);
      if (row?.status === 'running' && row.leaseUntil <= time && limit > 0) recovered.push(takeOver(row, leaseMs));
      return recovered;
    }
    const due: RunRow[] = [];
    for (let row = leases.peekDue(time); row && due.length < limit; row = leases.peekDue(time)) {
      leases.delete(row);
      due.push(row);
    }
    return due.map((row) => takeOver(row, leaseMs));
  };

  const part: RunStore = {
    backend,
    durable: false,
    start: async (scope, run) => start(scope, run),
    append: async (lease, change: RunAppend) => {
      const row = running(lease);
      if (!row) return 'stale_run';
      row.log.append(change);
      return row.cancelRequested ? 'cancel_requested' : 'written';
    },
    renew: async (lease, { leaseMs }) => {
      const row = running(lease);
      if (!row) return 'stale_run';
      holdFor(row, leaseMs);
      return row.cancelRequested ? 'cancel_requested' : 'renewed';
    },
    finish: async (lease, end) => finish(lease, end),
    discard: async (lease) => discard(lease),
    get: async (scope, { runId }) => {
      const row = registry.owned(scope.ownerId, runId);
      return row && toRecord(row);
    },
    getActive: async (scope, { threadId }) => {
      const row = registry.active(scope.ownerId, threadId);
      return row ? toRecord(row) : null;
    },
    follow: (scope, { runId, after, signal }) => registry.owned(scope.ownerId, runId)?.log.follow(after, signal) ?? nothing(),
    requestCancel: async (scope, { runId }) => {
      const row = registry.owned(scope.ownerId, runId);
      if (row?.status !== 'running') return false;
      row.cancelRequested = true;
      return true;
    },
    recover: async (options) => recover(options),
    saveApproval: async (scope, approval) => {
      approvals.save(scope.ownerId, approval);
    },
    claimApproval: async (scope, { id }) => approvals.claim(scope.ownerId, id),
    deleteThread: async (scope, { threadId }) => {
      deleteThread(scope.ownerId, threadId);
    },
    prune: async ({ olderThanMs, limit }) => {
      approvals.deleteExpired();
      const rows = registry.endedBefore(now() - olderThanMs, limit);
      forget(rows);
      return rows.length;
    },
    deleteOwner: async (scope) => {
      forget(registry.ofOwner(scope.ownerId));
      approvals.deleteOwner(scope.ownerId);
    },
  };

  const isBusy = (ownerId: string, threadId: string): boolean => registry.active(ownerId, threadId) !== undefined;
  return { part, start, held, finish, discard, isBusy, deleteThread };
}

async function* nothing(): AsyncGenerator<RunEvent, void> {}
