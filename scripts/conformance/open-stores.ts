import { memoryStore } from '@chatkit-selfhost/store-memory';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import type { ConformanceStore } from '@chatkit-selfhost/core/testing';
import { Redis } from 'ioredis';
import { startPostgres } from '../services/postgres-server.ts';
import { startRedis } from '../services/redis-server.ts';

export interface OpenStore extends ConformanceStore {
  close: () => Promise<void>;
}

/** On a busy machine an answer may be late; that is not what vectors are about. */
const PATIENCE_MS = 60_000;

/** Every kind of store, on a server of its own unless `DATABASE_URL` or `REDIS_URL` names one. */
export const STORES = {
  memory: async (): Promise<OpenStore> => ({ name: 'memory', store: memoryStore(), close: async () => undefined }),
  postgres: async (): Promise<OpenStore> => {
    const url = process.env['DATABASE_URL'];
    const server = url === undefined ? await startPostgres() : null;
    const store = postgresStore({ connectionString: url ?? server?.url ?? '', schema: 'chatkit_conformance', timeouts: { connect: PATIENCE_MS, statement: PATIENCE_MS } });
    return {
      name: 'postgres',
      store,
      close: async () => {
        await store.threads.close?.();
        await server?.stop();
      },
    };
  },
  pglite: async (): Promise<OpenStore> => {
    const store = postgresStore({ pglite: 'memory://' });
    return { name: 'pglite', store, close: async () => store.threads.close?.() };
  },
  redis: async (): Promise<OpenStore> => {
    const url = process.env['REDIS_URL'];
    const server = url === undefined ? await startRedis() : null;
    const client = new Redis(url ?? server?.url ?? '');
    return {
      name: 'redis',
      store: redisStore({ client, keyPrefix: 'chatkit-conformance:', commandTimeoutMs: PATIENCE_MS }),
      close: async () => {
        client.disconnect();
        await server?.stop();
      },
    };
  },
};

export type StoreName = keyof typeof STORES;

export function isStoreName(name: string): name is StoreName {
  return Object.hasOwn(STORES, name);
}
