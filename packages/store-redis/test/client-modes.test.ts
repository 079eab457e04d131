import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedisCluster, type RedisCluster } from '../../../scripts/services/redis-server.ts';
import { redisStore, type RedisClient } from '../src/index.js';
import { allKeys } from './all-keys.js';
import { deleteOwner, fillOwner } from './fill-owner.js';
import { freshPrefix, redisUrl } from './open-redis-backend.js';
import { events, run } from './samples.js';

/** What people set on their own clients is theirs to choose; the store works with it. */
describe('a client', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(async () => {
    await cluster.stop();
  });

  const clients: [name: string, open: () => RedisClient][] = [
    ['that pipelines by itself', () => new Redis(redisUrl(), { enableAutoPipelining: true })],
    ['that speaks RESP3', () => new Redis(redisUrl(), { protocol: 3 })],
    ['that answers in RESP3 types', () => new Redis(redisUrl(), { protocol: 3, replyMapping: 'resp3' })],
    ['that speaks RESP2', () => new Redis(redisUrl(), { protocol: 2 })],
    ['that connects lazily', () => new Redis(redisUrl(), { lazyConnect: true })],
    ['of a cluster that pipelines by itself', () => new Cluster(cluster.nodes, { enableAutoPipelining: true })],
    ['of a cluster that reads from replicas', () => new Cluster(cluster.nodes, { scaleReads: 'slave' })],
    ['of a cluster with a prefix of its own', () => new Cluster(cluster.nodes, { keyPrefix: `${freshPrefix()}own:` })],
    ['of a cluster that connects lazily', () => new Cluster(cluster.nodes, { lazyConnect: true })],
  ];
  it.each(clients)('%s is one the store works with', async (_name, open) => {
    const client = open();
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    await store.runs.setup?.();
    await fillOwner(store, 'ada');
    const scope = { ownerId: 'ada' };
    const started = await store.runs.start(scope, run());
    if (started.outcome !== 'started') throw new Error('a fresh thread is free');
    const followed = store.runs.follow(scope, { runId: started.run.runId, after: 0, signal: AbortSignal.timeout(10_000) })[Symbol.asyncIterator]();
    const next = followed.next();
    await store.runs.append(started.run, { events: events(1, 1) });
    expect((await next).value).toEqual(events(1, 1)[0]);
    await followed.return?.();
    const allPrefix = `${client.options.keyPrefix ?? ''}${keyPrefix}`;
    expect((await allKeys(client, allPrefix)).length).toBeGreaterThan(20);
    await deleteOwner(store, 'ada');
    expect(await allKeys(client, allPrefix)).toEqual([]);
    await store.runs.close?.();
    client.disconnect();
  });
});
