import type { RunEvent, Store } from '@chatkit-selfhost/core';
import type { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, startRedisCluster, type RedisCluster } from '../../../scripts/services/redis-server.ts';
import { redisStore } from '../src/index.js';
import { openClusterClient } from './open-cluster-backend.js';
import { freshPrefix, openClient, redisUrl } from './open-redis-backend.js';
import { events, run } from './samples.js';
import { startTcpProxy } from './tcp-proxy.js';

const scope = { ownerId: 'ada' };

async function startRun(store: Store) {
  const started = await store.runs.start(scope, run());
  if (started.outcome !== 'started') throw new Error('a fresh thread is free');
  return started.run;
}
function follow(store: Store, runId: string, after = 0): AsyncIterator<RunEvent> {
  return store.runs.follow(scope, { runId, after, signal: AbortSignal.timeout(14_000) })[Symbol.asyncIterator]();
}

describe.each(['one server', 'a cluster'])('following a run of another process on %s', (kind) => {
  let cluster: RedisCluster | undefined;
  const clients: (Redis | Cluster)[] = [];
  const stores: Store[] = [];
  const keyPrefix = freshPrefix();
  const openStore = async (): Promise<Store> => {
    const client = cluster ? await openClusterClient(cluster) : openClient();
    const store = redisStore({ client, keyPrefix });
    clients.push(client);
    stores.push(store);
    return store;
  };
  beforeAll(async () => {
    if (kind === 'a cluster') cluster = await startRedisCluster();
  });
  afterAll(async () => {
    for (const store of stores) await store.runs.close?.();
    for (const client of clients) client.disconnect();
    await cluster?.stop();
  });

  it('is live: events arrive far sooner than a follower looks by itself', async () => {
    const [writer, reader] = [await openStore(), await openStore()];
    const lease = await startRun(writer);
    const followed = follow(reader, lease.runId);
    const count = 30;
    const began = Date.now();
    for (let seq = 1; seq <= count; seq += 1) {
      const next = followed.next();
      await writer.runs.append(lease, { events: events(seq, seq) });
      expect((await next).value).toEqual(events(seq, seq)[0]);
    }
    // By looking alone each would take up to a second.
    expect(Date.now() - began).toBeLessThan(count * 250);
    const last = followed.next();
    await writer.runs.finish(lease, { status: 'completed' });
    expect((await last).done).toBe(true);
  });

  it('is the same for a hundred followers on two nodes, over one connection of each', async () => {
    const [writer, first, second] = [await openStore(), await openStore(), await openStore()];
    const lease = await startRun(writer);
    const read = async (store: Store): Promise<number[]> => {
      const numbers: number[] = [];
      for await (const event of store.runs.follow(scope, { runId: lease.runId, after: 0, signal: AbortSignal.timeout(14_000) })) numbers.push(event.seq ?? -1);
      return numbers;
    };
    const readers = Array.from({ length: 100 }, (_, index) => read(index % 2 === 0 ? first : second));
    for (let seq = 1; seq <= 500; seq += 10) await writer.runs.append(lease, { events: events(seq, seq + 9) });
    await writer.runs.finish(lease, { status: 'completed' });
    const expected = Array.from({ length: 500 }, (_, index) => index + 1);
    for (const numbers of await Promise.all(readers)) expect(numbers).toEqual(expected);
  });

  it('ends when the run is discarded', async () => {
    const [writer, reader] = [await openStore(), await openStore()];
    const lease = await startRun(writer);
    await writer.runs.append(lease, { events: events(1, 1) });
    const followed = follow(reader, lease.runId);
    await followed.next();
    const end = followed.next();
    await writer.runs.discard(lease);
    expect((await end).done).toBe(true);
  });
});

describe('the connection that followers share', () => {
  it('is opened by the first follower of a running run, and closed by close', async () => {
    const server = await startRedis();
    const client = openClient(server.port);
    const store = redisStore({ client });
    const subscribers = async (): Promise<number> => (await client.client('LIST', 'TYPE', 'PUBSUB') as string).split('\n').filter(Boolean).length;
    const lease = await startRun(store);
    await store.runs.append(lease, { events: events(1, 1) });
    const abort = new AbortController();
    const followed = store.runs.follow(scope, { runId: lease.runId, after: 0, signal: abort.signal })[Symbol.asyncIterator]();
    await followed.next();
    const waiting = followed.next();
    await expect.poll(subscribers).toBe(1);
    abort.abort();
    expect((await waiting).done).toBe(true);
    await store.runs.close?.();
    await expect.poll(subscribers).toBe(0);
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
    await server.stop();
  });

  it('may be lost: followers miss nothing', async () => {
    const proxy = await startTcpProxy(Number(new URL(redisUrl()).port));
    const [client, direct] = [openClient(proxy.port), openClient()];
    const keyPrefix = freshPrefix();
    const [reader, writer] = [redisStore({ client, keyPrefix }), redisStore({ client: direct, keyPrefix })];
    const lease = await startRun(writer);
    const followed = follow(reader, lease.runId);
    const received: number[] = [];
    for (let seq = 1; seq <= 6; seq += 1) {
      const next = followed.next();
      // The follower waits, with nothing under way that the cut could hit.
      await expect.poll(async () => (await direct.pubsub('CHANNELS', `${keyPrefix}*`)) as string[]).toHaveLength(1);
      if (seq % 2 === 0) proxy.cut();
      await writer.runs.append(lease, { events: events(seq, seq) });
      received.push(((await next).value as RunEvent).seq ?? -1);
    }
    expect(received).toEqual([1, 2, 3, 4, 5, 6]);
    await followed.return?.();
    await reader.runs.close?.();
    client.disconnect();
    direct.disconnect();
    await proxy.close();
  });

  it('may be closed while it listens anew', async () => {
    let subscriptions = 0;
    // The first is answered, later ones never are.
    const proxy = await startTcpProxy(Number(new URL(redisUrl()).port), (bytes) => bytes.includes('subscribe') && ++subscriptions > 1);
    const client = openClient(proxy.port);
    const store = redisStore({ client, keyPrefix: freshPrefix() });
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', onUnhandled);
    const followed = follow(store, (await startRun(store)).runId);
    const waiting = followed.next();
    await expect.poll(() => subscriptions).toBe(1);
    proxy.cut();
    await expect.poll(() => subscriptions, { timeout: 20_000 }).toBeGreaterThan(1);
    const closed = Date.now();
    await store.runs.close?.();
    expect((await waiting).done).toBe(true);
    expect(Date.now() - closed).toBeLessThan(5_000);
    client.disconnect();
    await proxy.close();
    // Node tells of what nobody handled at the end of a turn.
    await new Promise(setImmediate);
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });
});
