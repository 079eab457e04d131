import type { SessionRecord, SessionStore } from '@chatkit-selfhost/core';
import type { Statements } from '../database/statements.js';
import { toJson } from '../database/to-json.js';
import { pruneInBatches } from '../prune-in-batches.js';
import type { PartLifecycle } from '../part-lifecycle.js';

type StoredSession = Omit<SessionRecord, 'createdAt' | 'lastSeenAt' | 'expiresAt'> & Record<'createdAt' | 'lastSeenAt' | 'expiresAt', string>;

/** The same throughout a statement, so that an index can be searched by it. */
const NOW = (parameter: number): string => `coalesce($${String(parameter)}::timestamptz, statement_timestamp())`;

/** Sessions in Postgres, by the clock of its server. */
export function sessionStore(statements: Statements, lifecycle: PartLifecycle): SessionStore {
  const { schema, one, rows, now } = statements;

  const found = (session: StoredSession | null): SessionRecord | null => session && toRecord(session);

  return {
    ...lifecycle,
    create: async (session) =>
      found(await one<StoredSession>(`select ${schema}.create_session($1::jsonb, $2)::text as result`, [toJson(session), now()])),

    get: async ({ tokenHash }) =>
      found(await one<StoredSession>(
        `select ${schema}.session_json(s)::text as result from ${schema}.sessions s where s.token_hash = $1 and s.expires_at > ${NOW(2)}`,
        [tokenHash, now()],
      )),

    touch: async ({ tokenHash, idleMs }) =>
      found(await one<StoredSession>(
        `update ${schema}.sessions s set last_seen_at = ${NOW(3)},
           expires_at = least(s.absolute_expires_at, ${NOW(3)} + $2::double precision * interval '1 millisecond')
         where s.token_hash = $1 and s.expires_at > ${NOW(3)} returning ${schema}.session_json(s)::text as result`,
        [tokenHash, idleMs, now()],
      )),

    rotate: async ({ from, to }) =>
      (await rows(
        `update ${schema}.sessions s set token_hash = $2 where s.token_hash = $1 and s.expires_at > ${NOW(3)} returning 'true' as result`,
        [from, to, now()],
      )).length > 0,

    closeSoon: async ({ tokenHash, graceMs }) => {
      await rows(
        `update ${schema}.sessions s set expires_at = least(s.expires_at, ${NOW(3)} + $2::double precision * interval '1 millisecond')
         where s.token_hash = $1 and s.expires_at > ${NOW(3)}`,
        [tokenHash, graceMs, now()],
      );
    },

    remove: async (query) => {
      const [column, value] = 'tokenHash' in query ? ['token_hash', query.tokenHash] : ['owner_id', query.ownerId];
      return await one<number>(
        `with gone as (delete from ${schema}.sessions s where s.${column} = $1 returning 1) select count(*)::text as result from gone`,
        [value],
      ) ?? 0;
    },

    // By their place in the table: joined by key, the planner may read the whole table for each batch. From where the last batch ended:
    // what it deleted is not walked over again while the index still holds it.
    prune: ({ limit }) => {
      let from = '-infinity';
      return pruneInBatches(limit, async (size) => {
        const batch = await one<{ count: number; last: string | null }>(
          `with gone as (
             delete from ${schema}.sessions d where d.ctid = any (array(
               select s.ctid from ${schema}.sessions s where s.expires_at <= ${NOW(2)} and s.expires_at >= $3::timestamptz
                 order by s.expires_at limit $1 for update skip locked))
             returning d.expires_at)
           select json_build_object('count', count(*), 'last', max(expires_at))::text as result from gone`,
          [size, now(), from],
        );
        from = batch?.last ?? from;
        return batch?.count ?? 0;
      });
    },

    deleteOwner: async ({ ownerId }) => {
      await rows(`delete from ${schema}.sessions s where s.owner_id = $1`, [ownerId]);
    },
  };
}

function toRecord(session: StoredSession): SessionRecord {
  return {
    ...session,
    createdAt: new Date(session.createdAt),
    lastSeenAt: new Date(session.lastSeenAt),
    expiresAt: new Date(session.expiresAt),
  };
}
