import type { Migration } from './migration.js';

/** Runs, their event logs, and approvals. No reference to threads: those may live in another backend. */
export const runs: Migration = {
  id: 4,
  name: 'runs',
  statements: ({ schema, channel }) => [
    `create table ${schema}.runs (
       run_id text collate "C" primary key,
       owner_id text collate "C" not null,
       thread_id text collate "C" not null,
       fence bigint not null,
       status text not null default 'running' check (status in ('running', 'completed', 'cancelled', 'error', 'interrupted', 'discarded')),
       last_seq bigint not null default 0,
       cancel_requested boolean not null default false,
       lease_until timestamptz not null,
       idempotency_key text,
       scope jsonb not null,
       turn jsonb,
       started_at timestamptz not null,
       ended_at timestamptz,
       watched_until timestamptz
     ) with (fillfactor = 70)`,
    `comment on column ${schema}.runs.status is 'discarded: for everyone it never was; only the fences after it still rise above its own.'`,
    `comment on column ${schema}.runs.watched_until is 'Another node follows the run until then: only then is a notification worth its cost.'`,
    `create unique index runs_active on ${schema}.runs (owner_id, thread_id) where status = 'running'`,
    `create unique index runs_by_key on ${schema}.runs (owner_id, idempotency_key) where idempotency_key is not null`,
    `create index runs_by_thread on ${schema}.runs (owner_id, thread_id, fence)`,
    `create index runs_by_lease on ${schema}.runs (lease_until) where status = 'running'`,
    `create index runs_by_end on ${schema}.runs (ended_at) where ended_at is not null`,

    `create table ${schema}.run_events (
       run_id text collate "C" not null references ${schema}.runs (run_id) on delete cascade,
       first_seq bigint not null,
       last_seq bigint not null,
       is_snapshot boolean not null default false,
       events text not null,
       primary key (run_id, last_seq)
     )`,
    `comment on table ${schema}.run_events is 'One row for each batch: events is a JSON array of the events as sent, each a string. A snapshot stands for all up to last_seq.'`,

    `create table ${schema}.approvals (
       owner_id text collate "C" not null,
       id text collate "C" not null,
       thread_id text collate "C" not null,
       state text not null,
       created_at timestamptz not null,
       expires_at timestamptz,
       primary key (owner_id, id)
     )`,
    `create index approvals_by_thread on ${schema}.approvals (owner_id, thread_id)`,
    `create index approvals_by_expiry on ${schema}.approvals (expires_at) where expires_at is not null`,

    `create function ${schema}.run_json(r ${schema}.runs, p_now timestamptz) returns jsonb language sql stable as $$
       select jsonb_build_object(
         'runId', r.run_id, 'threadId', r.thread_id, 'ownerId', r.owner_id, 'fence', r.fence, 'status', r.status, 'lastSeq', r.last_seq,
         'cancelRequested', r.cancel_requested,
         'leaseExpired', r.status = 'running' and r.lease_until <= coalesce(p_now, clock_timestamp()))
     $$`,

    `create function ${schema}.next_fence(p_last bigint, p_now timestamptz) returns bigint language sql volatile as $$
       select greatest(p_last + 1, (extract(epoch from coalesce(p_now, clock_timestamp())) * 1000000)::bigint)
     $$`,

    `create function ${schema}.wake_followers(p_run text, p_watched_until timestamptz, p_now timestamptz) returns boolean language plpgsql as $$
     begin
       if p_watched_until > coalesce(p_now, clock_timestamp()) then
         perform pg_notify('${channel}', left(encode(sha256(convert_to(p_run, 'UTF8')), 'hex'), 16));
       end if;
       return true;
     end $$`,
  ],
};
