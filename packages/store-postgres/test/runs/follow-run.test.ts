import type { RunEvent, Store } from '@chatkit-selfhost/core';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { postgresStore, type PgPool } from '../../src/index.js';
import { databaseUrl } from '../database-url.js';
import { sampleRun } from '../samples.js';
import { openTestStore } from '../test-store.js';
import { wrapPool } from '../wrap-pool.js';

const scope = { ownerId: 'ada' };

async function startRun(store: Store) {
  const started = await store.runs.start(scope, sampleRun());
  if (started.outcome !== 'started') throw new Error(started.outcome);
  return started.run;
}

/** Another node: a store with a pool of its own on the same schema. */
function openNode(schema: string, adapt: (pool: pg.Pool) => PgPool = (pool) => pool): { store: Store; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: databaseUrl(), application_name: `node-${schema}` });
  const store = postgresStore({ pool: adapt(pool), schema, migrate: 'off' });
  onTestFinished(async () => {
    await store.threads.close?.();
    await pool.end();
  });
  return { store, pool };
}

function follow(store: Store, runId: string, after = 0) {
  const controller = new AbortController();
  const events = store.runs.follow(scope, { runId, after, signal: controller.signal })[Symbol.asyncIterator]();
  return { next: async (): Promise<RunEvent | undefined> => (await events.next()).value as RunEvent | undefined, abort: () => controller.abort() };
}

const event = (seq: number): { seq: number; json: string } => ({ seq, json: `{"n":${String(seq)}}` });

describe('following a run on another node', () => {
  it('is told of new events at once, by one connection for all followers', async () => {
    const { store, schema } = await openTestStore();
    const node = openNode(schema.name);
    const runs = await Promise.all(Array.from({ length: 5 }, () => startRun(store)));
    const followers = runs.map(({ runId }) => follow(node.store, runId));
    const first = followers.map(({ next }) => next());
    for (const run of runs) await store.runs.append(run, { events: [event(1)] });
    expect(await Promise.all(first)).toEqual(runs.map(() => event(1)));

    // From here on every follower waits for a notification: polling would take seconds.
    await vi.waitFor(async () => {
      const listening = await schema.query(`select 1 from pg_stat_activity where application_name = $1 and query like 'listen %'`, [`node-${schema.name}`]);
      expect(listening).toHaveLength(1);
    });
    for (let seq = 2; seq <= 6; seq++) {
      const next = followers.map((follower) => follower.next());
      const started = performance.now();
      for (const run of runs) await store.runs.append(run, { events: [event(seq)] });
      expect(await Promise.all(next)).toEqual(runs.map(() => event(seq)));
      expect(performance.now() - started).toBeLessThan(4_000);
    }
    followers.forEach(({ abort }) => abort());
  });

  it('needs no notification while nobody follows', async () => {
    const { store, schema, pool } = await openTestStore();
    const heard: (string | undefined)[] = [];
    const listener = await pool.connect();
    listener.on('notification', ({ payload }) => heard.push(payload));
    await listener.query(`listen ${schema.name}_run_events`);
    const run = await startRun(store);
    await store.runs.append(run, { events: [event(1)] });
    await store.runs.finish(run, { status: 'completed' });
    await listener.query(`notify ${schema.name}_run_events, 'end'`);
    await vi.waitFor(() => expect(heard).toContain('end'));
    expect(heard).toEqual(['end']);
    listener.release(true);
  });

  it('works where nobody can listen', async () => {
    const { store, schema } = await openTestStore();
    class NoListening {
      on(): void { /* never anything to tell */ }
      async connect(): Promise<void> { throw new Error('not here'); }
      async end(): Promise<void> { /* nothing was opened */ }
    }
    const node = openNode(schema.name, (pool) => wrapPool(pool, { Client: NoListening }));
    const run = await startRun(store);
    const follower = follow(node.store, run.runId);
    for (let seq = 1; seq <= 4; seq++) {
      const next = follower.next();
      await store.runs.append(run, { events: [event(seq)] });
      expect(await next).toEqual(event(seq));
    }
    await store.runs.finish(run, { status: 'completed' });
    expect(await follower.next()).toBeUndefined();
  });

  it('works where listening is accepted and nothing ever arrives, as behind a transaction pooler', async () => {
    const { store, schema } = await openTestStore();
    class DeafClient {
      on(): void { /* notifications are swallowed */ }
      async connect(): Promise<void> { /* accepted */ }
      async query(): Promise<void> { /* accepted */ }
      async end(): Promise<void> { /* nothing was opened */ }
    }
    const node = openNode(schema.name, (pool) => wrapPool(pool, { Client: DeafClient }));
    const run = await startRun(store);
    const follower = follow(node.store, run.runId);
    const started = performance.now();
    for (let seq = 1; seq <= 4; seq++) {
      const next = follower.next();
      await store.runs.append(run, { events: [event(seq)] });
      expect(await next).toEqual(event(seq));
    }
    // Four times the slow polling of a follower that trusts its notifications.
    expect(performance.now() - started).toBeLessThan(10_000);
    follower.abort();
  });

  it('listens anew when the connection is lost in the moment it begins to listen', async () => {
    const { store, schema } = await openTestStore();
    let listened = 0;
    class LosesTheFirst {
      readonly #client = new pg.Client({ connectionString: databaseUrl() });
      on(name: 'end', listener: () => void): void {
        this.#client.on(name, listener);
      }
      async connect(): Promise<void> {
        await this.#client.connect();
      }
      async query(text: string): Promise<void> {
        await this.#client.query(text);
        if (++listened === 1) await this.#client.end();
      }
      async end(): Promise<void> {
        await this.#client.end();
      }
    }
    const node = openNode(schema.name, (pool) => wrapPool(pool, { Client: LosesTheFirst }));
    const run = await startRun(store);
    const follower = follow(node.store, run.runId);
    const next = follower.next();
    await vi.waitFor(() => expect(listened).toBe(2), { timeout: 20_000 });
    await store.runs.append(run, { events: [event(1)] });
    expect(await next).toEqual(event(1));
    follower.abort();
  });

  it('misses nothing of a fast writer', async () => {
    const { store, schema } = await openTestStore();
    const node = openNode(schema.name);
    const run = await startRun(store);
    const seen: (number | null)[] = [];
    const reading = (async () => {
      for await (const { seq } of node.store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(20_000) })) seen.push(seq);
    })();
    for (let seq = 1; seq <= 600; seq += 3) await store.runs.append(run, { events: [event(seq), event(seq + 1), event(seq + 2)] });
    await store.runs.finish(run, { status: 'completed' });
    await reading;
    expect(seen).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });

  it('ends when the store is closed', async () => {
    const { store, schema } = await openTestStore();
    const node = openNode(schema.name);
    const run = await startRun(store);
    const follower = follow(node.store, run.runId);
    await store.runs.append(run, { events: [event(1)] });
    expect(await follower.next()).toEqual(event(1));
    const next = follower.next();
    await node.store.runs.close?.();
    expect(await next).toBeUndefined();
  });

  it('gives up its listening connection once nobody follows any more and the store closes', async () => {
    const { store, schema } = await openTestStore();
    const node = openNode(schema.name);
    const run = await startRun(store);
    await store.runs.append(run, { events: [event(1)] });
    const follower = follow(node.store, run.runId);
    await follower.next();
    follower.abort();
    await node.store.runs.close?.();
    await vi.waitFor(async () => {
      expect(await schema.query(`select 1 from pg_stat_activity where application_name = $1 and query like 'listen %'`, [`node-${schema.name}`])).toEqual([]);
    });
  });
});
