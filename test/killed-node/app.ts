import { createChatKit, type ChatKitServer, type Responder, type Store } from '@chatkit-selfhost/core';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { Redis } from 'ioredis';

export const owner = { ownerId: 'ada' };
export type Backend = 'Postgres' | 'Redis';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Node {
  store: Store;
  chatkit: ChatKitServer;
  close: () => Promise<void>;
}

/** One node of the app, on what the nodes share. */
export function openNode({ backend, name, respond, now = () => Date.now() }: { backend: Backend; name: string; respond: Responder; now?: () => number }): Node {
  const client = backend === 'Redis' ? new Redis(process.env['REDIS_URL'] ?? '') : null;
  const store = client
    ? redisStore({ client, keyPrefix: `${name}:`, now })
    : postgresStore({ connectionString: process.env['DATABASE_URL'] ?? '', schema: name, now: () => new Date(now()) });
  const chatkit = createChatKit({ store, logger: quiet, authenticate: () => owner, respond });
  return {
    store, chatkit,
    close: async () => {
      await chatkit.close();
      client?.disconnect();
    },
  };
}
