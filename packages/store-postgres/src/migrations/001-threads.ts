import type { Migration } from './migration.js';

/** Threads, items, attachment records; tombstones keep deleted cursors working. */
export const threads: Migration = {
  id: 1,
  name: 'threads',
  statements: ({ schema }) => [
    `create table ${schema}.threads (
       id text collate "C" primary key,
       owner_id text collate "C" not null,
       position bigint generated always as identity,
       data jsonb not null,
       title text generated always as (data->>'title') stored,
       status text generated always as (coalesce(data->'status'->>'type', 'active')) stored,
       created_at timestamptz not null,
       updated_at timestamptz not null,
       next_seq bigint not null default 1,
       fence bigint not null default 0
     ) with (fillfactor = 80)`,
    `create unique index threads_by_owner on ${schema}.threads (owner_id, position)`,

    `create table ${schema}.items (
       thread_id text collate "C" not null references ${schema}.threads (id) on delete cascade,
       seq bigint not null,
       id text collate "C" not null,
       type text not null,
       created_at timestamptz not null,
       data jsonb not null,
       primary key (thread_id, seq),
       unique (thread_id, id)
     )`,

    `create table ${schema}.item_tombstones (
       thread_id text collate "C" not null references ${schema}.threads (id) on delete cascade,
       id text collate "C" not null,
       seq bigint not null,
       primary key (thread_id, id)
     )`,

    `create table ${schema}.thread_tombstones (
       owner_id text collate "C" not null,
       id text collate "C" not null,
       position bigint not null,
       primary key (owner_id, id)
     )`,

    `create table ${schema}.attachments (
       id text collate "C" primary key,
       owner_id text collate "C" not null,
       data jsonb not null,
       thread_id text collate "C" generated always as (data->>'thread_id') stored,
       created_at timestamptz not null
     )`,
    `create index attachments_by_owner on ${schema}.attachments (owner_id)`,
    `create index attachments_by_thread on ${schema}.attachments (thread_id) where thread_id is not null`,
  ],
};
