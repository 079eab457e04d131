import type { RecoveredRun, RunRecord, RunStarted, RunStore } from '@chatkit-selfhost/core';
import type { Statements } from '../database/statements.js';
import { toJson } from '../database/to-json.js';
import type { PartLifecycle } from '../part-lifecycle.js';
import { pruneInBatches } from '../prune-in-batches.js';
import { followRun, WATCH_MS } from './follow-run.js';
import type { RunListener } from './run-listener.js';

/** Runs go with their logs, so fewer of them make a transaction that is long enough. */
const RUNS_PER_DELETION = 200;

/** Runs and their logs in Postgres. */
export function runStore(statements: Statements, listener: RunListener, lifecycle: PartLifecycle): RunStore {
  const { schema, one, rows, now, durable } = statements;

  return {
    ...lifecycle,
    durable,

    start: async (scope, run) => {
      const started = await one<RunStarted>(`select ${schema}.start_run($1::jsonb, $2::jsonb, $3)::text as result`, [toJson(scope), toJson(run), now()]);
      return started ?? { outcome: 'too_many' };
    },

    append: async (lease, { events, snapshot }) => {
      const result = await one<'written' | 'cancel_requested' | 'stale_run'>(
        `select to_json(${schema}.append_run_events($1, $2, $3, $4, $5, $6, $7, $8))::text as result`,
        [
          lease.runId, lease.fence, events[0]?.seq ?? null, events.at(-1)?.seq ?? null, JSON.stringify(events.map(({ json }) => json)),
          snapshot?.seq ?? null, snapshot ? JSON.stringify(snapshot.events) : null, now(),
        ],
      );
      return result ?? 'stale_run';
    },

    renew: async ({ runId, fence }, { leaseMs }) => {
      const cancelRequested = await one<boolean>(
        `update ${schema}.runs r set lease_until = coalesce($4::timestamptz, statement_timestamp()) + $3::double precision * interval '1 millisecond'
         where r.run_id = $1 and r.fence = $2 and r.status = 'running' returning to_json(r.cancel_requested)::text as result`,
        [runId, fence, leaseMs, now()],
      );
      if (cancelRequested === null) return 'stale_run';
      return cancelRequested ? 'cancel_requested' : 'renewed';
    },

    finish: async ({ runId, fence }, { status }) =>
      await one<boolean>(`select ${schema}.finish_run($1, $2, $3, $4)::text as result`, [runId, fence, status, now()]) ?? false,

    discard: async ({ runId, fence }) =>
      await one<boolean>(`select ${schema}.discard_run($1, $2, $3)::text as result`, [runId, fence, now()]) ?? false,

    get: ({ ownerId }, { runId }) =>
      one<RunRecord>(
        `select ${schema}.run_json(r, $3)::text as result from ${schema}.runs r where r.run_id = $1 and r.owner_id = $2 and r.status <> 'discarded'`,
        [runId, ownerId, now()],
      ),

    getActive: ({ ownerId }, { threadId }) =>
      one<RunRecord>(
        `select ${schema}.run_json(r, $3)::text as result from ${schema}.runs r where r.owner_id = $1 and r.thread_id = $2 and r.status = 'running'`,
        [ownerId, threadId, now()],
      ),

    follow: (scope, query) => followRun(statements, listener, scope, query),

    requestCancel: async ({ ownerId }, { runId }) =>
      (await rows(
        `update ${schema}.runs r set cancel_requested = true where r.run_id = $1 and r.owner_id = $2 and r.status = 'running' returning 'true' as result`,
        [runId, ownerId],
      )).length > 0,

    // Whoever followed the run before its node died is likely to be there still.
    recover: ({ leaseMs, limit, runId }) =>
      rows<RecoveredRun>(
        `update ${schema}.runs r set fence = ${schema}.next_fence(r.fence, $4),
           lease_until = coalesce($4::timestamptz, statement_timestamp()) + $1::double precision * interval '1 millisecond',
           watched_until = coalesce($4::timestamptz, statement_timestamp()) + $5::double precision * interval '1 millisecond'
         where r.ctid = any (array(
           select d.ctid from ${schema}.runs d
           where d.status = 'running' and d.lease_until <= coalesce($4::timestamptz, statement_timestamp()) and ($3::text is null or d.run_id = $3)
           order by d.lease_until limit $2 for update skip locked))
         returning json_build_object('run', ${schema}.run_json(r, $4), 'scope', r.scope, 'turn', r.turn)::text as result`,
        [leaseMs, limit, runId ?? null, now(), WATCH_MS],
      ),

    saveApproval: async ({ ownerId }, { id, threadId, state, lifetimeMs }) => {
      await rows(
        `insert into ${schema}.approvals as a (owner_id, id, thread_id, state, created_at, expires_at)
           select $1, $2, $3, $4, c.now, c.now + $6::double precision * interval '1 millisecond'
             from (select coalesce($5::timestamptz, statement_timestamp()) as now) c
         on conflict (owner_id, id) do update
           set thread_id = excluded.thread_id, state = excluded.state, created_at = excluded.created_at, expires_at = excluded.expires_at`,
        [ownerId, id, threadId, state, now(), lifetimeMs ?? null],
      );
    },

    claimApproval: async ({ ownerId }, { id }) => {
      const claimed = await one<{ threadId: string; state: string; remainingMs: number | null }>(
        `delete from ${schema}.approvals a where a.owner_id = $1 and a.id = $2
         returning json_build_object('threadId', a.thread_id, 'state', a.state,
           'remainingMs', extract(epoch from a.expires_at - coalesce($3::timestamptz, statement_timestamp())) * 1000)::text as result`,
        [ownerId, id, now()],
      );
      if (!claimed) return null;
      const { remainingMs, ...approval } = claimed;
      if (remainingMs === null) return approval;
      return remainingMs > 0 ? { ...approval, remainingMs } : null;
    },

    deleteThread: ({ ownerId }, { threadId }) => deleteRuns('r.owner_id = $1 and r.thread_id = $2', 'a.owner_id = $1 and a.thread_id = $2', [ownerId, threadId]),

    prune: async ({ olderThanMs, limit }) => {
      await pruneApprovals();
      return pruneInBatches(limit, async (size) => await one<number>(
      `with gone as (
         delete from ${schema}.runs d where d.ctid = any (array(
           select r.ctid from ${schema}.runs r
           where r.ended_at < coalesce($2::timestamptz, statement_timestamp()) - $3::double precision * interval '1 millisecond'
           order by r.ended_at limit $1 for update skip locked))
         returning 1)
       select count(*)::text as result from gone`,
      [size, now(), olderThanMs],
    ) ?? 0, RUNS_PER_DELETION);
    },

    deleteOwner: ({ ownerId }) => deleteRuns('r.owner_id = $1', 'a.owner_id = $1', [ownerId]),
  };

  /** Some of those whose lifetime is over: what is left goes with the next clean-up, and can't be claimed meanwhile. */
  async function pruneApprovals(): Promise<void> {
    await rows(
      `delete from ${schema}.approvals d where d.ctid = any (array(
         select a.ctid from ${schema}.approvals a where a.expires_at <= coalesce($1::timestamptz, statement_timestamp())
         order by a.expires_at limit $2 for update skip locked))`,
      [now(), RUNS_PER_DELETION],
    );
  }

  async function deleteRuns(ofRuns: string, ofApprovals: string, values: string[]): Promise<void> {
    await rows(
      `with approvals as (delete from ${schema}.approvals a where ${ofApprovals}),
         gone as (delete from ${schema}.runs r where ${ofRuns} returning r.run_id, r.watched_until)
       select ${schema}.wake_followers(gone.run_id, gone.watched_until, $${String(values.length + 1)})::text as result from gone`,
      [...values, now()],
    );
  }
}
