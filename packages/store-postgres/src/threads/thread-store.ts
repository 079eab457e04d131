import type { Page, RunRecord, Thread, ThreadItem, ThreadStore, ThreadWriteResult, TurnBegun } from '@chatkit-selfhost/core';
import type { Statements } from '../database/statements.js';
import { toJson } from '../database/to-json.js';
import { pageParameters, toPage } from '../page.js';
import type { PartLifecycle } from '../part-lifecycle.js';
import { pruneInBatches } from '../prune-in-batches.js';
import { attachmentRecords } from './attachment-records.js';
import { encodeWrite } from './encode-write.js';

/** Threads with all their items go at once: a few of them make a transaction that is long enough. */
const THREADS_PER_DELETION = 20;

/** What `begin_turn` answers; a page as `item_page` gives it, with one record more than asked for. */
type Begun = { outcome: 'started'; run: RunRecord; thread: Thread; items: ThreadItem[] | null } | Exclude<TurnBegun, { outcome: 'started' }>;

const idOf = ({ id }: { id: string }): string => id;

/** Threads and items in Postgres: each call is one statement, and so one transaction. */
export function threadStore(statements: Statements, lifecycle: PartLifecycle): ThreadStore {
  const { schema, one, rows, now } = statements;

  return {
    ...lifecycle,
    ...attachmentRecords(statements),

    get: ({ ownerId }, { threadId }) =>
      one<Thread>(`select t.data::text as result from ${schema}.threads t where t.id = $1 and t.owner_id = $2`, [threadId, ownerId]),

    list: async ({ ownerId }, query) => {
      const threads = await one<Thread[]>(`select ${schema}.thread_page($1, $2, $3, $4)::text as result`, [ownerId, ...pageParameters(query)]);
      return threads && toPage(threads, query, idOf);
    },

    getItem: ({ ownerId }, { threadId, itemId }) =>
      one<ThreadItem>(
        `select i.data::text as result from ${schema}.threads t join ${schema}.items i on i.thread_id = t.id and i.id = $3
         where t.id = $1 and t.owner_id = $2`,
        [threadId, ownerId, itemId],
      ),

    listItems: async ({ ownerId }, query) => {
      const items = await one<ThreadItem[]>(
        `select ${schema}.item_page($1, $2, $3, $4, $5)::text as result`,
        [ownerId, query.threadId, ...pageParameters(query)],
      );
      return items && toPage(items, query, idOf);
    },

    write: async ({ ownerId }, change) => {
      const result = await one<ThreadWriteResult>(
        `select to_json(${schema}.write_thread($1, $2::jsonb, $3))::text as result`,
        [ownerId, encodeWrite(change), now()],
      );
      return result ?? 'not_found';
    },

    delete: async ({ ownerId }, { threadId }) =>
      await one<boolean>(`select ${schema}.delete_thread($1, $2)::text as result`, [ownerId, threadId]) ?? false,

    beginTurn: async (scope, { run, write, read }) => {
      const begun = await one<Begun>(
        `select ${schema}.begin_turn($1::jsonb, $2::jsonb, $3::jsonb, $4, $5, $6, $7)::text as result`,
        [toJson(scope), toJson(run), encodeWrite(write), ...pageParameters(read), now()],
      );
      if (!begun) return { outcome: 'not_found' };
      if (begun.outcome !== 'started') return begun;
      const items: Page<ThreadItem> = toPage(begun.items ?? [], read, idOf);
      return { ...begun, items };
    },

    endTurn: async ({ ownerId }, { lease, end, write, record }) => {
      const result = await one<'written' | 'not_found' | 'stale_run'>(
        `select to_json(${schema}.end_turn($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7))::text as result`,
        [ownerId, lease.runId, lease.fence, end.status, encodeWrite(write), toJson(record), now()],
      );
      return result ?? 'stale_run';
    },

    deleteOwner: async ({ ownerId }) => {
      await pruneInBatches(Infinity, async (size) => await one<number>(
        `with gone as (
           delete from ${schema}.threads d where d.ctid = any (array(
             select t.ctid from ${schema}.threads t where t.owner_id = $1 limit $2 for update))
           returning 1)
         select count(*)::text as result from gone`,
        [ownerId, size],
      ) ?? 0, THREADS_PER_DELETION);
      await rows(
        `with tombstones as (delete from ${schema}.thread_tombstones d where d.owner_id = $1)
         delete from ${schema}.attachments a where a.owner_id = $1`,
        [ownerId],
      );
    },
  };
}
