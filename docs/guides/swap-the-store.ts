import { createChatKit, type Store } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';

export const stores = {
  memory: () => memoryStore(),
  embedded: (folder: string) => postgresStore({ pglite: folder }),
  postgres: (pool: Pool) => postgresStore({ pool }),
  // Conversations in Postgres; sessions and running answers in Redis.
  both: (pool: Pool, client: Redis) => {
    const { sessions, runs } = redisStore({ client, keyPrefix: 'shop:' });
    return { ...postgresStore({ pool }), sessions, runs };
  },
};

/** The app: the same whatever the store. */
export function createAssistant(store: Store) {
  return createChatKit({
    store,
    async *respond({ userText }) {
      yield `You said: ${userText}`;
    },
  });
}
