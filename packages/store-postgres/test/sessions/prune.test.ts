import { describe, expect, it } from 'vitest';
import { postgresStore } from '../../src/index.js';
import { sampleSession } from '../samples.js';
import { openTestStore } from '../test-store.js';
import { wrapPool } from '../wrap-pool.js';

async function addExpired(query: (text: string) => Promise<unknown>, schema: string, count: number): Promise<void> {
  await query(`insert into ${schema}.sessions (id, token_hash, owner_id, label, created_at, last_seen_at, expires_at, absolute_expires_at)
    select 'ses_' || n, md5(n::text), 'gone', 'Ada', now(), now(), now() - (1 + n % 1000) * interval '1 second', now() from generate_series(1, ${String(count)}) n`);
}

describe('pruning expired sessions', () => {
  it('goes in short transactions beside live traffic, and deletes no live session', async () => {
    const { store, schema } = await openTestStore();
    await addExpired(schema.query, schema.name, 10_000);
    const live = Array.from({ length: 20 }, () => sampleSession());
    for (const session of live) await store.sessions.create(session);

    let pruning = true;
    const traffic = live.map(async ({ tokenHash }) => {
      let touches = 0;
      while (pruning) {
        expect(await store.sessions.touch({ tokenHash, idleMs: 60_000 })).not.toBeNull();
        touches++;
      }
      return touches;
    });
    expect(await store.sessions.prune({ limit: 1_000_000 })).toBe(10_000);
    pruning = false;
    // One long transaction would let each through once at the most; how long a touch takes is for the bench to measure.
    expect(Math.min(...await Promise.all(traffic))).toBeGreaterThan(3);
    expect(await schema.query(`select count(*)::integer as count from ${schema.name}.sessions`)).toEqual([{ count: 20 }]);
  });

  it('deletes a few hundred in each statement, whatever the limit', async () => {
    const { schema, pool } = await openTestStore();
    await addExpired(schema.query, schema.name, 7_000);
    const sizes: number[] = [];
    const counted = wrapPool(pool, { onStatement: (_text, values) => sizes.push(Number(values[0])) });
    const store = postgresStore({ pool: counted, schema: schema.name, migrate: 'off' });
    expect(await store.sessions.prune({ limit: 5_000 })).toBe(5_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  });

  it('is shared by many nodes: each session is counted once', async () => {
    const { store, schema, pool } = await openTestStore();
    await addExpired(schema.query, schema.name, 6_000);
    const second = postgresStore({ pool, schema: schema.name, migrate: 'off' });
    const counts = await Promise.all([store.sessions.prune({ limit: 10_000 }), second.sessions.prune({ limit: 10_000 })]);
    const rest = await store.sessions.prune({ limit: 10_000 });
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(6_000);
    expect(await schema.query(`select 1 from ${schema.name}.sessions`)).toEqual([]);
  });

  it('never reads the whole table, also when the planner knows how small it is', async () => {
    const { store, schema } = await openTestStore();
    await addExpired(schema.query, schema.name, 5_000);
    await schema.query(`analyze ${schema.name}.sessions`);
    const counts = async () => {
      const [row] = await schema.query<{ read: string; deleted: string }>(
        `select seq_tup_read as read, n_tup_del as deleted from pg_stat_user_tables where schemaname = $1 and relname = 'sessions'`, [schema.name]);
      return { read: Number(row?.read), deleted: Number(row?.deleted) };
    };
    const { read } = await counts();
    await store.sessions.prune({ limit: 4_000 });
    // The server publishes its statistics once a second at the most, and only when a connection is used again.
    await expect.poll(async () => {
      await Promise.all(Array.from({ length: 3 }, () => store.sessions.get({ tokenHash: 'a' })));
      return counts();
    }, { timeout: 10_000 }).toEqual({ read, deleted: 4_000 });
  });
});
