import { assertSafeServer } from './assert-safe-server.js';
import { isCluster, type RedisClient } from './redis-client.js';
import type { Script } from './script.js';
import { toStoreError } from './to-store-error.js';
import { whenReady } from './when-ready.js';
import { withDeadline } from './with-deadline.js';

/** The one way to the server: scripts, each with a deadline. */
export interface Connection {
  client: RedisClient;
  /** True: keys of different hash tags can't be in one script. */
  clustered: boolean;
  /** Runs a script. All reads are scripts too: those always go to the node that has the last write, never to a replica. */
  run: (script: Script, keys: string[], args?: (string | number)[]) => Promise<unknown>;
  /** Refuses an unsafe server. */
  check: () => Promise<void>;
  /** A name for one call, the same when the client sends it a second time after a lost connection. */
  attempt: () => string;
}

export interface ConnectionOptions {
  client: RedisClient;
  commandTimeoutMs: number;
  checkEvictionPolicy: boolean;
  clustered: boolean | undefined;
  now: (() => number) | undefined;
}

export function createConnection({ client, commandTimeoutMs, checkEvictionPolicy, clustered, now }: ConnectionOptions): Connection {
  const instance = crypto.randomUUID();
  let attempts = 0;
  let checked = !checkEvictionPolicy;

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      if (client.status === 'ready') return await withDeadline(commandTimeoutMs, work());
      const began = Date.now();
      await whenReady(client, commandTimeoutMs);
      return await withDeadline(Math.max(commandTimeoutMs - (Date.now() - began), 1), work());
    } catch (error) {
      throw toStoreError(error);
    }
  };
  const evaluate = async ({ sha1, source }: Script, keys: string[], args: (string | number)[]): Promise<unknown> => {
    const rest = [keys.length, ...keys, ...args];
    try {
      return await client.call('evalsha', [sha1, ...rest]);
    } catch (error) {
      // A server that was restarted, or a new node of a cluster, has none of the scripts.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return client.call('eval', [source, ...rest]);
    }
  };
  const check = async (): Promise<void> => {
    await guarded(() => assertSafeServer(client));
    checked = true;
  };

  return {
    client,
    clustered: clustered ?? isCluster(client),
    run: async (script, keys, args = []) => {
      if (!checked) await check();
      return guarded(() => evaluate(script, keys, [now ? now() : '', ...args]));
    },
    check: () => (checkEvictionPolicy ? check() : guarded(async () => { await client.call('ping'); })),
    attempt: () => `${instance}:${(attempts += 1)}`,
  };
}
