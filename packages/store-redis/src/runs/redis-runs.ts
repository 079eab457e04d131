import { sanitizeText, type Lease, type OwnerScope, type RunAppend, type RunRecord, type RunStore } from '@chatkit-selfhost/core';
import type { Script } from '../connection/script.js';
import { encodeJson } from '../encode-json.js';
import { claimApproval, deleteApprovalsOfThread, saveApproval } from './approval-scripts.js';
import { deleteRuns, pruneRuns } from './delete-runs.js';
import { findActiveRun, findRun } from './find-run.js';
import { followRun } from './follow-run.js';
import { recoverRuns } from './recover-runs.js';
import { runDataKeys, runKeys, runShardKeys, type RunContext } from './run-context.js';
import { toRunRecord, type RunReply } from './run-record.js';
import { appendEvents, deleteKeys, discardRun, finishRun, renewLease, requestCancel, startRun } from './run-scripts.js';
import type { RunWakeups } from './run-wakeups.js';
import { settleOnCluster } from './settle-on-cluster.js';
import { leaveRun } from './shard-scripts.js';
import { startRunBy } from './start-run.js';

/** The runs part. Durable: the log is the server's, for as long as the server's own persistence keeps it. */
export function redisRuns({ context, wakeups, backend }: { context: RunContext; wakeups: RunWakeups; backend: object }): RunStore {
  const { connection, keys, routes, keepEndedMs } = context;

  /** Runs a script on the lease's run; null when the run is gone. */
  const onLease = async (script: Script, { runId, fence }: Lease, keysOf: typeof runKeys, args: (string | number)[] = []): Promise<unknown> => {
    const ownerId = await routes.find(runId);
    return ownerId === null ? null : connection.run(script, keysOf(context, ownerId, runId), [fence, ...args]);
  };
  const approvalKeys = ({ ownerId }: OwnerScope): string[] => {
    const owned = keys.owner(ownerId);
    return [owned.approvals, owned.approvalThreads, owned.approvalClaims, owned.approvalExpiries];
  };

  return {
    backend,
    durable: true,
    start: (scope, run) => startRunBy(
      context, scope, run,
      (startArguments) => connection.run(startRun, runKeys(context, scope.ownerId, run.runId), startArguments) as Promise<[string, ...unknown[]]>,
      (reply): { outcome: 'started'; run: RunRecord } => ({ outcome: 'started', run: toRunRecord(reply[1] as RunReply) }),
    ),
    append: async (lease, change) => {
      const reply = await onLease(appendEvents, lease, runDataKeys, appendArguments(change));
      return (reply ?? 'stale_run') as 'written' | 'cancel_requested' | 'stale_run';
    },
    renew: async (lease, { leaseMs }) => {
      const reply = await onLease(renewLease, lease, runDataKeys, [leaseMs]);
      return (reply ?? 'stale_run') as 'renewed' | 'cancel_requested' | 'stale_run';
    },
    finish: async (lease, { status }) => {
      if ((await onLease(finishRun, lease, runKeys, [status, keepEndedMs])) !== 1) return false;
      await settleOnCluster(context, lease.runId);
      return true;
    },
    discard: async (lease) => {
      if ((await onLease(discardRun, lease, runKeys)) !== 1) return false;
      if (connection.clustered) await connection.run(leaveRun, runShardKeys(keys, lease.runId), [lease.runId]);
      routes.forget(lease.runId);
      return true;
    },
    get: (scope, { runId }) => findRun(context, scope.ownerId, runId),
    getActive: (scope, { threadId }) => findActiveRun(context, scope.ownerId, threadId),
    follow: (scope, query) => followRun(context, wakeups, scope, query),
    requestCancel: async (scope, { runId }) => (await connection.run(requestCancel, runDataKeys(context, scope.ownerId, runId))) === 1,
    recover: recoverRuns(context),
    saveApproval: async (scope, { id, threadId, state, lifetimeMs }) => {
      await connection.run(saveApproval, approvalKeys(scope), [id, threadId, sanitizeText(state), lifetimeMs === undefined ? '' : Math.ceil(lifetimeMs)]);
    },
    claimApproval: async (scope, { id }) => {
      const reply = (await connection.run(claimApproval, approvalKeys(scope), [id, connection.attempt()])) as [string, string, string] | null;
      if (!reply) return null;
      const [threadId, state, remaining] = reply;
      return { threadId, state, ...(remaining === '' ? {} : { remainingMs: Number(remaining) }) };
    },
    deleteThread: async (scope, { threadId }) => {
      await deleteRuns(context, scope.ownerId, threadId);
      await connection.run(deleteApprovalsOfThread, approvalKeys(scope), [threadId]);
    },
    prune: (options) => pruneRuns(context, options),
    deleteOwner: async (scope) => {
      await deleteRuns(context, scope.ownerId);
      const { runs, active, idempotency, fence } = keys.owner(scope.ownerId);
      await connection.run(deleteKeys, [runs, active, idempotency, fence, ...approvalKeys(scope)]);
    },
    close: async () => {
      wakeups.close();
    },
  };
}

function appendArguments({ events, snapshot }: RunAppend): (string | number)[] {
  return [
    events.length, events[0]?.seq ?? 0, snapshot?.seq ?? 0, snapshot ? encodeJson(snapshot.events) : '',
    ...events.map((event) => sanitizeText(event.json)),
  ];
}
