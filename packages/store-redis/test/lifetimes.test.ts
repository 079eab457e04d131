import { randomHex } from '@chatkit-selfhost/core';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.js';
import { allKeys } from './all-keys.js';
import { freshPrefix, openClient } from './open-redis-backend.js';
import { events, run, session } from './samples.js';

const scope = { ownerId: 'ada' };

describe('on the server\'s own clock', () => {
  let client: Redis;
  beforeAll(() => {
    client = openClient();
  });
  afterAll(() => {
    client.disconnect();
  });
  const lifetimes = async (prefix: string): Promise<Record<string, number>> => {
    const keys = await allKeys(client, prefix);
    return Object.fromEntries(await Promise.all(keys.map(async (key) => [key.slice(prefix.length), await client.pttl(key)] as const)));
  };

  it('a session ends by itself and leaves nothing, without a cleanup', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    const tab = session({ idleMs: 100, absoluteMs: 400 });
    await store.sessions.create(tab);
    await store.sessions.rotate({ from: tab.tokenHash, to: randomHex(32) });
    expect((await allKeys(client, keyPrefix)).length).toBe(3);
    await expect.poll(() => allKeys(client, keyPrefix), { timeout: 10_000 }).toEqual([]);
  });

  it('a session that is touched outlives many idle times, also on a node that knows its token from before', async () => {
    const keyPrefix = freshPrefix();
    const [store, other] = [redisStore({ client, keyPrefix }), redisStore({ client, keyPrefix })];
    const tab = session({ idleMs: 1500, absoluteMs: 60_000 });
    await store.sessions.create(tab);
    await other.sessions.get(tab);
    const began = Date.now();
    await expect.poll(async () => {
      expect(await store.sessions.touch({ tokenHash: tab.tokenHash, idleMs: 1500 })).not.toBeNull();
      return Date.now() - began;
    }, { timeout: 10_000, interval: 200 }).toBeGreaterThan(4000);
    expect(await other.sessions.get(tab)).not.toBeNull();
    expect(await redisStore({ client, keyPrefix }).sessions.get(tab)).not.toBeNull();
  });

  it('no key of a session is without an end', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    for (let count = 0; count < 3; count += 1) {
      const tab = session();
      await store.sessions.create(tab);
      await store.sessions.touch({ tokenHash: tab.tokenHash, idleMs: 60_000 });
      await store.sessions.closeSoon({ tokenHash: tab.tokenHash, graceMs: 1000 });
    }
    const left = Object.values(await lifetimes(keyPrefix));
    expect(left).toHaveLength(7);
    expect(Math.min(...left)).toBeGreaterThan(0);
    expect(Math.max(...left)).toBeLessThanOrEqual(600_000);
  });

  it('an ended run goes by itself, with its log and its idempotency key', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix, keepEndedRunsMs: 200 });
    const start = run({ idempotencyKey: 'once' });
    const started = await store.runs.start(scope, start);
    if (started.outcome !== 'started') throw new Error('a fresh thread is free');
    await store.runs.append(started.run, { events: events(1, 5) });
    expect(Object.values(await lifetimes(keyPrefix)).filter((left) => left > 0)).toHaveLength(1);
    await store.runs.finish(started.run, { status: 'completed' });
    expect((await store.runs.start(scope, { ...start, runId: 'again' })).outcome).toBe('repeated');
    await expect.poll(() => store.runs.get(scope, start)).toBeNull();
    await expect.poll(() => store.runs.start(scope, run({ idempotencyKey: 'once' })).then(({ outcome }) => outcome)).toBe('started');
  });

  it('no key of an ended run is without an end, and pruning leaves nothing but the last fence', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix, keepEndedRunsMs: 60_000 });
    for (let count = 0; count < 3; count += 1) {
      const started = await store.runs.start(scope, run({ idempotencyKey: `key-${count}` }));
      if (started.outcome === 'started') await store.runs.finish(started.run, { status: 'completed' });
    }
    const left = Object.values(await lifetimes(keyPrefix));
    expect(left.length).toBeGreaterThanOrEqual(10);
    expect(Math.min(...left)).toBeGreaterThan(0);
    expect(await store.runs.prune({ olderThanMs: -1, limit: 100 })).toBe(3);
    expect(Object.keys(await lifetimes(keyPrefix))).toEqual(['{o.ada}:runs-fence']);
  });

  it('fences rise above the server\'s microseconds', async () => {
    const store = redisStore({ client, keyPrefix: freshPrefix() });
    const [seconds, micros] = await client.time();
    const fences: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const started = await store.runs.start(scope, run());
      if (started.outcome === 'started') fences.push(started.run.fence);
    }
    expect(fences[0]).toBeGreaterThanOrEqual(Number(seconds) * 1_000_000 + Number(micros));
    expect(fences).toEqual([...new Set(fences)].sort((one, other) => one - other));
    expect(fences).toHaveLength(5);
  });
});
