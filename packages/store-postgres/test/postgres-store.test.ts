import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newPGliteFolder } from '../../../scripts/services/pglite-folder.ts';
import { postgresStore } from '../src/index.js';
import { databaseUrl } from './database-url.js';
import { sampleThread } from './samples.js';
import { temporarySchema } from './temporary-schema.js';
import { openTestStore } from './test-store.js';

const scope = { ownerId: 'ada' };

describe('close', () => {
  it('leaves a pool of the app open, and may be called by every part', async () => {
    const { store, pool } = await openTestStore();
    for (const part of [store.threads, store.sessions, store.history, store.runs]) await part.close?.();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('leaves a PGlite instance of the app open', async () => {
    const folder = await newPGliteFolder();
    const pglite = new PGlite(folder.path);
    onTestFinished(async () => {
      await pglite.close();
      await folder.remove();
    });
    const store = postgresStore({ pglite });
    await store.threads.setup?.();
    const thread = sampleThread();
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    await store.threads.close?.();
    expect((await pglite.query('select id from chatkit.threads')).rows).toEqual([{ id: thread.id }]);
  }, 180_000);

  it('closes the connections that it opened, also when it never opened any', async () => {
    const schema = temporarySchema();
    onTestFinished(() => schema.drop());
    const url = `${databaseUrl()}?application_name=${schema.name}`;
    const connections = () => schema.query('select 1 from pg_stat_activity where application_name = $1', [schema.name]);
    const store = postgresStore({ connectionString: url, schema: schema.name });
    await store.threads.setup?.();
    expect(await connections()).not.toEqual([]);
    await store.threads.close?.();
    await expect.poll(connections).toEqual([]);
    await expect(store.threads.get(scope, { threadId: 'thr_1' })).rejects.toThrow();
    await postgresStore({ connectionString: url }).threads.close?.();
  });
});

describe('check', () => {
  it('passes on a server that answers', async () => {
    const { store } = await openTestStore();
    await expect(store.threads.check?.()).resolves.toBeUndefined();
  });

  it('refuses an isolation under which limits would not hold', async () => {
    const { store } = await openTestStore({ pool: { options: '-c default_transaction_isolation=serializable' } });
    await expect(store.threads.check?.()).rejects.toThrow('"serializable"');
  });

  it('passes on a pool of its own whatever the default of the role', async () => {
    const schema = temporarySchema();
    const role = `${schema.name}_role`;
    await schema.query(`create role ${role} login`);
    await schema.query(`alter role ${role} set default_transaction_isolation = 'serializable'`);
    const url = new URL(databaseUrl());
    url.username = role;
    const store = postgresStore({ connectionString: url.href, schema: schema.name, migrate: 'off' });
    onTestFinished(async () => {
      await store.threads.close?.();
      await schema.query(`drop role ${role}`);
      await schema.drop();
    });
    await expect(store.threads.check?.()).resolves.toBeUndefined();
  });
});

describe('an app that parses types its own way', () => {
  it('changes nothing for the store', async () => {
    const TEXT = 25;
    const types = { getTypeParser: (type: number) => (text: string) => (type === TEXT ? text : { parsedByTheApp: text }) };
    const { store } = await openTestStore({ pool: { types } });
    const thread = sampleThread();
    expect(await store.threads.write(scope, { threadId: thread.id, create: thread })).toBe('written');
    expect(await store.threads.get(scope, { threadId: thread.id })).toEqual(thread);
    expect(await store.sessions.prune({ limit: 10 })).toBe(0);
    expect(await store.runs.requestCancel(scope, { runId: 'run_1' })).toBe(false);
  });
});
