export { measure, milliseconds, quantile, report } from './support/measure.ts';
// What the Redis benchmarks share. They measure the built packages: run `npm run build` first.
import { Redis } from 'ioredis';
import type { Store } from '@chatkit-selfhost/core';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { startRedis } from '../scripts/services/redis-server.ts';

export const SCOPE = { ownerId: 'bench' };

export interface RedisBench {
  store: Store;
  client: Redis;
}

/** Runs a benchmark on a fresh server that writes its append-only file once a second, as in production, or on `REDIS_URL`. */
export async function withRedis(bench: (setup: RedisBench) => Promise<void>): Promise<void> {
  const server = process.env['REDIS_URL'] ? null : await startRedis({ settings: { appendonly: 'yes', appendfsync: 'everysec' } });
  const client = new Redis(server?.url ?? process.env['REDIS_URL'] ?? '');
  const store = redisStore({ client, keyPrefix: `chatkit-bench-${String(process.pid)}:` });
  try {
    await store.runs.setup?.();
    await bench({ store, client });
  } finally {
    for (const part of [store.threads, store.sessions, store.history, store.runs]) await part.deleteOwner(SCOPE);
    await store.runs.close?.();
    client.disconnect();
    await server?.stop();
  }
}
