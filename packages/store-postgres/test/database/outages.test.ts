import { StoreUnavailableError } from '@chatkit-selfhost/core';
import type pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { postgresStore } from '../../src/index.js';
import { sampleItem, sampleRun, sampleThread } from '../samples.js';
import { startTcpProxy } from '../tcp-proxy.js';
import { temporarySchema } from '../temporary-schema.js';
import { openTestStore } from '../test-store.js';

const scope = { ownerId: 'ada' };

/** Resolves once the thread's row is locked by a stranger; the result lets go. */
async function lockThread(pool: pg.Pool, table: string, threadId: string): Promise<() => Promise<void>> {
  const client = await pool.connect();
  await client.query('begin');
  await client.query(`select 1 from ${table} where id = $1 for update`, [threadId]);
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

describe('an exhausted pool', () => {
  it('makes a call fail as unavailable in time, and the next one work once there is room', async () => {
    const { store, pool } = await openTestStore({ pool: { max: 1 }, timeouts: { connect: 200 } });
    const taken = await pool.connect();
    const started = performance.now();
    const failure = await store.threads.get(scope, { threadId: 'thr_1' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnavailableError);
    expect(failure).toMatchObject({ status: 503, retryAfter: 1, allowRetry: true });
    expect(performance.now() - started).toBeLessThan(2_000);
    taken.release();
    expect(await store.threads.get(scope, { threadId: 'thr_1' })).toBeNull();
  });

  it('gives back the connection that comes too late', async () => {
    const { store, pool } = await openTestStore({ pool: { max: 1 }, timeouts: { connect: 50 } });
    const taken = await pool.connect();
    await Promise.allSettled(Array.from({ length: 5 }, () => store.threads.get(scope, { threadId: 'thr_1' })));
    taken.release();
    await vi.waitFor(() => expect(pool.idleCount).toBe(1));
    expect(pool.waitingCount).toBe(0);
  });

  it('of one connection still follows a run, since listening takes none of it', async () => {
    const { store } = await openTestStore({ pool: { max: 1 } });
    const run = sampleRun();
    const started = await store.runs.start(scope, run);
    if (started.outcome !== 'started') throw new Error(started.outcome);
    const events = store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(5_000) })[Symbol.asyncIterator]();
    for (let seq = 1; seq <= 3; seq++) {
      await store.runs.append(started.run, { events: [{ seq, json: String(seq) }] });
      expect((await events.next()).value).toEqual({ seq, json: String(seq) });
    }
    await store.runs.finish(started.run, { status: 'completed' });
    expect((await events.next()).done).toBe(true);
  });
});

describe('a lost connection', () => {
  it('in the middle of a statement fails it as unavailable, undoes it, and the store works on', async () => {
    const { store, schema, pool } = await openTestStore({ pool: { application_name: 'chatkit-test-terminated' } });
    const thread = sampleThread();
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const unlock = await lockThread(pool, `${schema.name}.threads`, thread.id);

    const write = store.threads.write(scope, { threadId: thread.id, put: [sampleItem(thread.id, 'lost')] }).catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const ended = await schema.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chatkit-test-terminated' and wait_event_type = 'Lock'`,
      );
      expect(ended).toHaveLength(1);
    });
    expect(await write).toBeInstanceOf(StoreUnavailableError);
    await unlock();
    expect((await store.threads.listItems(scope, { threadId: thread.id }))?.data).toEqual([]);
    expect(await store.threads.write(scope, { threadId: thread.id, put: [sampleItem(thread.id, 'kept')] })).toBe('written');
  });

  it('that was idle in a pool of the app does not end the process', async () => {
    const { store, schema, pool } = await openTestStore({ pool: { application_name: 'chatkit-test-idle' } });
    await Promise.all(Array.from({ length: 5 }, () => store.threads.get(scope, { threadId: 'thr_1' })));
    expect(pool.idleCount).toBeGreaterThan(0);
    await schema.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chatkit-test-idle'`);
    // Unheard, the pool's 'error' event would be an uncaught exception, and fail this test.
    await vi.waitFor(() => expect(pool.totalCount).toBe(0));
    expect(await store.threads.get(scope, { threadId: 'thr_1' })).toBeNull();
  });

  it('of the listener costs a follower nothing', async () => {
    const { store, schema } = await openTestStore({ pool: { application_name: 'chatkit-test-listener' } });
    const run = sampleRun();
    const started = await store.runs.start(scope, run);
    if (started.outcome !== 'started') throw new Error(started.outcome);
    const events = store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(60_000) })[Symbol.asyncIterator]();
    for (let seq = 1; seq <= 4; seq++) {
      const next = events.next();
      await vi.waitFor(async () => {
        const ended = await schema.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chatkit-test-listener' and query like 'listen %'`,
        );
        expect(ended).toHaveLength(1);
      }, { timeout: 30_000 });
      await store.runs.append(started.run, { events: [{ seq, json: String(seq) }] });
      expect((await next).value).toEqual({ seq, json: String(seq) });
    }
  });
});

describe('a lost server', () => {
  async function openBehindProxy(timeouts: { connect: number; statement: number }) {
    const schema = temporarySchema();
    const proxy = await startTcpProxy();
    const store = postgresStore({ connectionString: proxy.url, schema: schema.name, timeouts });
    onTestFinished(async () => {
      await store.threads.close?.();
      await proxy.close();
      await schema.drop();
    });
    await store.threads.setup?.();
    return { store, proxy };
  }

  it('makes calls fail as unavailable, and the store works by itself when it is back', async () => {
    const { store, proxy } = await openBehindProxy({ connect: 500, statement: 5_000 });
    const restore = await proxy.refuse();
    for (let count = 0; count < 3; count++) {
      await expect(store.sessions.get({ tokenHash: 'a' })).rejects.toBeInstanceOf(StoreUnavailableError);
    }
    await expect(store.threads.check?.()).rejects.toBeInstanceOf(StoreUnavailableError);
    await restore();
    expect(await store.sessions.get({ tokenHash: 'a' })).toBeNull();
    await expect(store.threads.check?.()).resolves.toBeUndefined();
  });

  it('that swallows everything makes calls fail in time', async () => {
    const { store, proxy } = await openBehindProxy({ connect: 300, statement: 300 });
    await store.sessions.get({ tokenHash: 'a' });
    const restore = proxy.swallow();
    const started = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => store.sessions.get({ tokenHash: 'a' })));
    expect(results.map(({ status }) => status)).not.toContain('fulfilled');
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreUnavailableError);
    expect(performance.now() - started).toBeLessThan(5_000);
    restore();
    await vi.waitFor(async () => expect(await store.sessions.get({ tokenHash: 'a' })).toBeNull(), { timeout: 5_000 });
  });

  it('does not end a follower that has read before', async () => {
    const { store, proxy } = await openBehindProxy({ connect: 300, statement: 2_000 });
    const run = sampleRun();
    const started = await store.runs.start(scope, run);
    if (started.outcome !== 'started') throw new Error(started.outcome);
    await store.runs.append(started.run, { events: [{ seq: 1, json: '1' }] });
    const events = store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(10_000) })[Symbol.asyncIterator]();
    expect((await events.next()).value).toEqual({ seq: 1, json: '1' });
    const next = events.next();
    const restore = await proxy.refuse();
    await expect(store.sessions.get({ tokenHash: 'a' })).rejects.toBeInstanceOf(StoreUnavailableError);
    await restore();
    await vi.waitFor(() => store.runs.append(started.run, { events: [{ seq: 2, json: '2' }] }));
    expect((await next).value).toEqual({ seq: 2, json: '2' });
  });
});

describe('a statement that takes too long', () => {
  it('fails as unavailable instead of waiting on', async () => {
    const { store, schema, pool } = await openTestStore({ timeouts: { statement: 300 } });
    const thread = sampleThread();
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const unlock = await lockThread(pool, `${schema.name}.threads`, thread.id);
    await expect(store.threads.write(scope, { threadId: thread.id, update: { title: 'x' } })).rejects.toBeInstanceOf(StoreUnavailableError);
    await unlock();
  });
});
