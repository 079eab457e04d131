import type { Cluster, Redis } from 'ioredis';

/** A client of `ioredis`, connected to one server (also through Sentinel) or to a Redis Cluster. */
export type RedisClient = Redis | Cluster;

/** True for a client of a Redis Cluster, from any copy of the package. */
export function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster;
}
