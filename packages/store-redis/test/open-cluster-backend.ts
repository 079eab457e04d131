import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { Cluster } from 'ioredis';
import { startRedisCluster, type RedisCluster } from '../../../scripts/services/redis-server.ts';
import { redisStore } from '../src/index.js';
import { freshPrefix } from './open-redis-backend.js';

/** A client of the cluster that knows all its nodes. */
export async function openClusterClient({ nodes }: Pick<RedisCluster, 'nodes'>): Promise<Cluster> {
  const client = new Cluster(nodes);
  client.on('error', () => undefined);
  await client.ping();
  return client;
}

/** A store on a cluster of three real nodes, with a clock that the contract suite moves. */
export async function openClusterBackend(): Promise<ContractBackend> {
  const cluster = await startRedisCluster();
  const keyPrefix = freshPrefix();
  const clients: Cluster[] = [];
  let offset = 0;
  const open = async () => {
    const client = await openClusterClient(cluster);
    clients.push(client);
    return redisStore({ client, keyPrefix, now: () => Date.now() + offset });
  };
  const store = await open();
  return {
    store,
    second: open,
    advance: async (ms) => {
      offset += ms;
    },
    breakConnections: async () => {
      for (const node of clients[0]?.nodes() ?? []) node.disconnect(true);
    },
    close: async () => {
      await store.runs.close?.();
      for (const client of clients) client.disconnect();
      await cluster.stop();
    },
  };
}
