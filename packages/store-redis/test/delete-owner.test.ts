import type { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedisCluster, type RedisCluster } from '../../../scripts/services/redis-server.ts';
import { redisStore } from '../src/index.js';
import { allKeys } from './all-keys.js';
import { deleteOwner, fillOwner } from './fill-owner.js';
import { openClusterClient } from './open-cluster-backend.js';
import { freshPrefix, openClient } from './open-redis-backend.js';

describe.each(['one server', 'a cluster'])('deleteOwner on %s', (kind) => {
  let cluster: RedisCluster | undefined;
  let client: Redis | Cluster;

  beforeAll(async () => {
    if (kind === 'a cluster') cluster = await startRedisCluster();
    client = cluster ? await openClusterClient(cluster) : openClient();
  });
  afterAll(async () => {
    client.disconnect();
    await cluster?.stop();
  });

  it('leaves no key of the owner', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    await fillOwner(store, 'ada');
    expect((await allKeys(client, keyPrefix)).length).toBeGreaterThan(20);
    await deleteOwner(store, 'ada');
    expect(await allKeys(client, keyPrefix)).toEqual([]);
  });

  it('touches nothing of other owners, however much their names are alike', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    await fillOwner(store, 'ada');
    const before = await allKeys(client, keyPrefix);
    for (const ownerId of ['ada}', 'ad', 'ada:', 'a%64a', 'ada ', '']) {
      await fillOwner(store, ownerId);
      await deleteOwner(store, ownerId);
    }
    expect(await allKeys(client, keyPrefix)).toEqual(before);
  });

  it('can be asked for what is not there, and again', async () => {
    const keyPrefix = freshPrefix();
    const store = redisStore({ client, keyPrefix });
    await deleteOwner(store, 'nobody');
    await fillOwner(store, 'ada');
    await deleteOwner(store, 'ada');
    await deleteOwner(store, 'ada');
    expect(await allKeys(client, keyPrefix)).toEqual([]);
  });
});
