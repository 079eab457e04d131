import { randomHex, type Store } from '@chatkit-selfhost/core';
import { openPGliteFolder, postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newPGliteFolder } from '../../scripts/services/pglite-folder.js';
import { dumpKeys, dumpSchema, linesWith, type Dump } from './dump.js';
import { createApp, fillOwner } from './fill-owner.js';

interface Backend {
  store: Store;
  dump: () => Promise<Dump>;
}

function onPostgres(): Backend {
  const schema = `deletion_${randomHex(8)}`;
  const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
  onTestFinished(async () => {
    await pool.query(`drop schema if exists ${schema} cascade`);
    await pool.end();
  });
  return { store: postgresStore({ pool, schema }), dump: () => dumpSchema((text, values) => pool.query(text, values), schema) };
}

async function onPGlite(): Promise<Backend> {
  const folder = await newPGliteFolder();
  const { pglite, close } = await openPGliteFolder(folder.path);
  onTestFinished(async () => {
    await close();
    await folder.remove();
  });
  return { store: postgresStore({ pglite }), dump: () => dumpSchema((text, values) => pglite.query(text, values), 'chatkit') };
}

function onRedis(): Backend {
  const keyPrefix = `deletion-${randomHex(8)}:`;
  const client = new Redis(process.env['REDIS_URL'] ?? '');
  onTestFinished(() => client.disconnect());
  return { store: redisStore({ client, keyPrefix }), dump: () => dumpKeys(client, keyPrefix) };
}

function onBoth(): Backend {
  const [database, redis] = [onPostgres(), onRedis()];
  return {
    store: { ...database.store, sessions: redis.store.sessions, runs: redis.store.runs },
    dump: async () => ({ ...await database.dump(), ...await redis.dump() }),
  };
}

/** What of them the leaving owner is bound to have something in: all that hold data of owners. */
const THREAD_TABLES = ['attachments', 'conversation_history', 'item_tombstones', 'items', 'thread_tombstones', 'threads'];
const ALL_TABLES = [...THREAD_TABLES, 'approvals', 'run_events', 'runs', 'sessions'].sort();

describe.each([
  { name: 'Postgres', open: onPostgres, filled: ALL_TABLES },
  { name: 'PGlite', open: onPGlite, filled: ALL_TABLES },
  { name: 'threads and history in Postgres, sessions and runs in Redis', open: onBoth, filled: THREAD_TABLES },
  { name: 'Redis', open: onRedis, filled: [] },
])('chatkit.deleteOwner on $name', ({ open, filled }) => {
  it('leaves nothing of an owner in any table or key, and all of the others', async () => {
    const { store, dump } = await open();
    const chatkit = createApp(store);
    const staying = `staying-${randomHex(8)}`;
    const leaving = { ownerId: `leaving-${randomHex(8)}`, word: `word${randomHex(8)}` };
    await chatkit.ready();
    const other = createApp(store);
    const { going: goingOn } = await fillOwner(other, store, staying, 'stays');
    await other.close({ graceMs: 0 });
    await goingOn;

    const before = await dump();
    expect(linesWith(before, [staying]).length).toBeGreaterThan(10);
    const { going } = await fillOwner(chatkit, store, leaving.ownerId, leaving.word);
    const full = await dump();
    expect(linesWith(full, [leaving.ownerId, leaving.word]).length).toBeGreaterThan(20);
    expect(Object.keys(full).filter((name) => (full[name]?.length ?? 0) > (before[name]?.length ?? 0))).toEqual(expect.arrayContaining(filled));
    if (filled === ALL_TABLES) expect(Object.keys(full)).toEqual([...ALL_TABLES, 'migrations'].sort());

    await chatkit.deleteOwner({ ownerId: leaving.ownerId });
    await going;
    const after = await dump();
    expect(linesWith(after, [leaving.ownerId, leaving.word])).toEqual([]);
    // Nor anything that doesn't name the owner: a record's id, a place, a log.
    expect(after).toEqual(before);
  }, 180_000);
});
