import type { Store, StorePart } from '@chatkit-selfhost/core';
import { createConnection } from './connection/connection.js';
import type { RedisClient } from './connection/redis-client.js';
import { redisHistory } from './history/redis-history.js';
import { storeKeys } from './keys.js';
import { redisRuns } from './runs/redis-runs.js';
import type { RunContext } from './runs/run-context.js';
import { runRoutes } from './runs/run-routes.js';
import { runWakeups } from './runs/run-wakeups.js';
import { redisSessions } from './sessions/redis-sessions.js';
import { redisThreads } from './threads/redis-threads.js';
import { redisTurns } from './turns/redis-turns.js';

export interface RedisStoreOptions {
  /** An `ioredis` client: `new Redis(...)`, also through Sentinel, or `new Cluster(...)`. It stays yours: the store never closes it. */
  client: RedisClient;
  /** What all keys begin with, after the client's own prefix if it has one. No braces. Default `chatkit:`. */
  keyPrefix?: string | undefined;
  /** How long any command may take, the wait for a lost connection included, before a `StoreUnavailableError`. Milliseconds. Default 3,000. */
  commandTimeoutMs?: number | undefined;
  /** How long an ended run, its event log and its idempotency key stay, unless they are pruned before. Milliseconds. Default one day. */
  keepEndedRunsMs?: number | undefined;
  /** Refuse a server that may evict keys. Default true; false only where the server tells nobody its policy. */
  checkEvictionPolicy?: boolean | undefined;
  /** Keep each script's keys in one hash slot. Default: when the client is a `Cluster`. True for a plain client whose server is a proxy of a cluster. */
  clustered?: boolean | undefined;
  /** The clock instead of the server's: milliseconds since 1970. For tests only. */
  now?: (() => number) | undefined;
}

const DAY_MS = 86_400_000;

/**
 * All four parts in Redis (6.2 or newer, or Valkey; one server or a cluster). Sessions and runs are its strength: they expire by themselves,
 * and any process follows, cancels or takes over any run. Mixed with another store: `{ ...postgresStore({ pool }), sessions, runs }`.
 *
 * @throws TypeError when the key prefix has braces.
 */
export function redisStore(options: RedisStoreOptions): Store {
  const { client, keyPrefix = 'chatkit:', commandTimeoutMs = 3000, keepEndedRunsMs = DAY_MS, checkEvictionPolicy = true, clustered, now } = options;
  const connection = createConnection({ client, commandTimeoutMs, checkEvictionPolicy, clustered, now });
  const keys = storeKeys(keyPrefix);
  const backend = {};
  const context: RunContext = { connection, keys, routes: runRoutes(connection, keys), keepEndedMs: keepEndedRunsMs };
  const wakeups = runWakeups(connection, commandTimeoutMs);
  const lifecycle: Pick<StorePart, 'setup' | 'check'> = { setup: connection.check, check: connection.check };
  return {
    threads: { ...redisThreads({ context, backend }), ...redisTurns(context), ...lifecycle },
    sessions: { ...redisSessions({ connection, keys, backend }), ...lifecycle },
    history: { ...redisHistory({ connection, keys, backend }), ...lifecycle },
    runs: { ...redisRuns({ context, wakeups, backend }), ...lifecycle },
  };
}
