import type { RunRecord } from '@chatkit-selfhost/core';
import { getOrMake } from './get-or-make.js';
import type { RunLog } from './run-log.js';

export interface RunRow extends Pick<RunRecord, 'runId' | 'threadId' | 'ownerId' | 'fence' | 'status' | 'cancelRequested'> {
  idempotencyKey: string | undefined;
  /** JSON. */
  scope: string;
  /** JSON. */
  turn: string;
  leaseUntil: number;
  endedAt: number;
  log: RunLog;
}

interface OwnedRuns {
  byThread: Map<string, Set<RunRow>>;
  running: Map<string, RunRow>;
  byKey: Map<string, RunRow>;
}

/** Characters that finished runs may keep together, beside this many for each: the oldest go first. */
const FINISHED_BUDGET = 32 * 1024 * 1024;
const ROW_COST = 512;

/** Finds runs by id, owner, thread and idempotency key, and keeps the finished ones within bounds. */
export class RunRegistry {
  readonly #byId = new Map<string, RunRow>();
  readonly #owners = new Map<string, OwnedRuns>();
  /** In the order they ended. */
  readonly #finished = new Set<RunRow>();
  #finishedCost = 0;

  find(runId: string): RunRow | undefined {
    return this.#byId.get(runId);
  }

  owned(ownerId: string, runId: string): RunRow | null {
    const row = this.#byId.get(runId);
    return row?.ownerId === ownerId ? row : null;
  }

  active(ownerId: string, threadId: string): RunRow | undefined {
    return this.#owners.get(ownerId)?.running.get(threadId);
  }

  withKey(ownerId: string, key: string | undefined): RunRow | undefined {
    return key === undefined ? undefined : this.#owners.get(ownerId)?.byKey.get(key);
  }

  countRunning(ownerId: string): number {
    return this.#owners.get(ownerId)?.running.size ?? 0;
  }

  ofOwner(ownerId: string): RunRow[] {
    return [...(this.#owners.get(ownerId)?.byThread.values() ?? [])].flatMap((rows) => [...rows]);
  }

  ofThread(ownerId: string, threadId: string): RunRow[] {
    return [...(this.#owners.get(ownerId)?.byThread.get(threadId) ?? [])];
  }

  add(row: RunRow): void {
    if (this.#byId.has(row.runId)) throw new Error('a run with this id exists');
    const owned = getOrMake(this.#owners, row.ownerId, newOwnedRuns);
    this.#byId.set(row.runId, row);
    getOrMake(owned.byThread, row.threadId, () => new Set<RunRow>()).add(row);
    owned.running.set(row.threadId, row);
    if (row.idempotencyKey !== undefined) owned.byKey.set(row.idempotencyKey, row);
  }

  /** Returns the finished runs that there is no room for any more. */
  finish(row: RunRow, status: RunRow['status'], endedAt: number): RunRow[] {
    row.status = status;
    row.endedAt = endedAt;
    this.#owners.get(row.ownerId)?.running.delete(row.threadId);
    this.#finished.add(row);
    this.#finishedCost += costOf(row);
    const surplus: RunRow[] = [];
    let cost = this.#finishedCost;
    for (const oldest of this.#finished) {
      if (cost <= FINISHED_BUDGET || oldest === row) break;
      cost -= costOf(oldest);
      surplus.push(oldest);
    }
    return surplus;
  }

  endedBefore(time: number, limit: number): RunRow[] {
    const rows: RunRow[] = [];
    for (const row of this.#finished) {
      if (rows.length >= limit || row.endedAt >= time) break;
      rows.push(row);
    }
    return rows;
  }

  delete(row: RunRow): void {
    this.#byId.delete(row.runId);
    if (this.#finished.delete(row)) this.#finishedCost -= costOf(row);
    const owned = this.#owners.get(row.ownerId);
    if (!owned) return;
    const siblings = owned.byThread.get(row.threadId);
    siblings?.delete(row);
    if (siblings?.size === 0) owned.byThread.delete(row.threadId);
    if (owned.running.get(row.threadId) === row) owned.running.delete(row.threadId);
    if (row.idempotencyKey !== undefined) owned.byKey.delete(row.idempotencyKey);
    if (owned.byThread.size === 0) this.#owners.delete(row.ownerId);
  }
}

function newOwnedRuns(): OwnedRuns {
  return { byThread: new Map(), running: new Map(), byKey: new Map() };
}

function costOf(row: RunRow): number {
  return ROW_COST + row.turn.length + row.log.size;
}
