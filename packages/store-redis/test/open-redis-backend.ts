import { randomUUID } from 'node:crypto';
import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { Redis } from 'ioredis';
import { redisStore } from '../src/index.js';
import { startTcpProxy } from './tcp-proxy.js';

/** The server that the test run has started. */
export function redisUrl(): string {
  const url = process.env['REDIS_URL'];
  if (!url) throw new Error('REDIS_URL is missing: it comes from the global setup of this package\'s tests.');
  return url;
}

/** A prefix that no other test has. */
export function freshPrefix(): string {
  return `test-${randomUUID()}:`;
}

/** A client that complains to nobody about connections that a test cuts. */
export function openClient(port = Number(new URL(redisUrl()).port)): Redis {
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 20 });
  client.on('error', () => undefined);
  return client;
}

/** A store on one real server, behind a proxy that can take the server away, with a clock that the contract suite moves. */
export async function openRedisBackend(): Promise<ContractBackend> {
  const proxy = await startTcpProxy(Number(new URL(redisUrl()).port));
  const keyPrefix = freshPrefix();
  const clients: Redis[] = [];
  let offset = 0;
  const open = (port?: number) => {
    const client = openClient(port);
    clients.push(client);
    return redisStore({ client, keyPrefix, now: () => Date.now() + offset, commandTimeoutMs: 1000 });
  };
  const store = open(proxy.port);
  const seconds: (typeof store)[] = [];
  return {
    store,
    second: async () => {
      const second = open();
      seconds.push(second);
      return second;
    },
    advance: async (ms) => {
      offset += ms;
    },
    breakConnections: async () => {
      proxy.cut();
    },
    outage: async () => {
      proxy.block();
      return async () => {
        proxy.restore();
      };
    },
    close: async () => {
      for (const opened of [store, ...seconds]) await opened.runs.close?.();
      for (const client of clients) client.disconnect();
      await proxy.close();
    },
  };
}
