// A million expired sessions go in short transactions, beside traffic that hardly notices.
import type pg from 'pg';
import type { SessionStore } from '@chatkit-selfhost/core';
import { milliseconds, quantile, report, SCHEMA, withPostgres } from './postgres-setup.ts';

const EXPIRED = 1_000_000;
const LIVE = 2_000;
const CLIENTS = 4;

/** Touches live sessions, one after the other, until told to stop. Returns the milliseconds of each touch, sorted. */
async function traffic(sessions: SessionStore, until: () => boolean): Promise<number[]> {
  const times: number[] = [];
  const client = async (first: number): Promise<void> => {
    for (let next = first; !until(); next = (next + CLIENTS) % LIVE) {
      const started = performance.now();
      const touched = await sessions.touch({ tokenHash: `live_${String(next)}`, idleMs: 600_000 });
      if (!touched) throw new Error('a live session is gone');
      times.push(performance.now() - started);
      // As people do, not as fast as the machine can.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)));
  return times.sort((a, b) => a - b);
}

interface Longest {
  pruning: number;
  touch: number;
}

/** Looks every few milliseconds how long the running transactions have taken, until told to stop. */
async function watchTransactions(pool: pg.Pool, until: () => boolean): Promise<Longest> {
  const longest: Longest = { pruning: 0, touch: 0 };
  while (!until()) {
    const { rows } = await pool.query<{ kind: keyof Longest; ms: number }>(
      `select case when query like 'with gone as%' then 'pruning' else 'touch' end as kind,
         max(extract(epoch from clock_timestamp() - xact_start) * 1000)::double precision as ms
       from pg_stat_activity where (query like 'with gone as%' or query like 'update "${SCHEMA}".sessions%') and state = 'active' group by 1`,
    );
    for (const { kind, ms } of rows) longest[kind] = Math.max(longest[kind], ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return longest;
}

await withPostgres(async ({ store, pool }) => {
  await pool.query(`insert into ${SCHEMA}.sessions (id, token_hash, owner_id, label, created_at, last_seen_at, expires_at, absolute_expires_at)
    select 'ses_' || n, md5(n::text), 'owner_' || n % 100000, 'Ada', now(), now(), now() - (1 + n % 86400) * interval '1 second', now()
    from generate_series(1, ${String(EXPIRED)}) n`);
  await pool.query(`insert into ${SCHEMA}.sessions (id, token_hash, owner_id, label, created_at, last_seen_at, expires_at, absolute_expires_at)
    select 'live_' || n, 'live_' || n, 'live', 'Ada', now(), now(), now() + interval '1 hour', now() + interval '1 day' from generate_series(0, ${String(LIVE - 1)}) n`);
  await pool.query(`vacuum analyze ${SCHEMA}.sessions`);

  const calmEnd = performance.now() + 5_000;
  const calmlyWatched = watchTransactions(pool, () => performance.now() > calmEnd);
  const calm = await traffic(store.sessions, () => performance.now() > calmEnd);
  const longestBefore = await calmlyWatched;

  let done = false;
  const watching = watchTransactions(pool, () => done);
  const busy = traffic(store.sessions, () => done);
  const started = performance.now();
  const pruned = await store.sessions.prune({ limit: EXPIRED * 2 });
  const took = performance.now() - started;
  done = true;
  const longest = await watching;
  const times = await busy;

  if (longest.pruning === 0) throw new Error('no transaction was seen');
  if (pruned !== EXPIRED) throw new Error(`pruned ${String(pruned)}`);
  console.log(`     ${pruned.toLocaleString('en')} sessions in ${(took / 1000).toFixed(1)} s`);
  console.log(`     a touch before: median ${milliseconds(quantile(calm, 0.5))}, p99 ${milliseconds(quantile(calm, 0.99))}`);
  console.log(`     a touch beside: median ${milliseconds(quantile(times, 0.5))}, p99 ${milliseconds(quantile(times, 0.99))}, slowest ${milliseconds(quantile(times, 1))}`);
  // What a transaction of one row takes on this machine, now: longer than this the pruning's own need not be its fault.
  console.log(`     longest transaction of a touch: before ${milliseconds(longestBefore.touch)}, beside ${milliseconds(longest.touch)}`);
  report('longest transaction of the pruning', longest.pruning, 250, ' ms');
});
