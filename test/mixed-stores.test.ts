import { randomHex } from '@chatkit-selfhost/core';
import { runStoreContract, type ContractBackend } from '@chatkit-selfhost/core/testing';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, describe, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../packages/store-redis/test/tcp-proxy.ts';

runStoreContract({
  runner: { describe, it, afterAll },
  name: 'threads and history in Postgres, sessions and runs in Redis',
  open: openMixedBackend,
  notApplicable: { fastPaths: 'the parts are in two servers, so no transaction spans a turn' },
});

/** Both servers behind proxies; the clock of the parts in Redis moves, those in Postgres measure no time. */
async function openMixedBackend(): Promise<ContractBackend> {
  const [schema, keyPrefix] = [`mixed_${randomHex(8)}`, `mixed-${randomHex(8)}:`];
  const [databaseUrl, redisUrl] = [serverUrl('DATABASE_URL'), serverUrl('REDIS_URL')];
  const proxies = { database: await startTcpProxy(Number(databaseUrl.port)), redis: await startTcpProxy(Number(redisUrl.port)) };
  const both = Object.values(proxies);
  const closing: (() => Promise<unknown>)[] = [];
  let offset = 0;

  const open = (through?: typeof proxies) => {
    const client = new Redis(withPort(redisUrl, through?.redis), { retryStrategy: () => 20 });
    client.on('error', () => undefined);
    const database = postgresStore({ connectionString: withPort(databaseUrl, through?.database), schema, timeouts: { connect: 3000 } });
    const { sessions, runs } = redisStore({ client, keyPrefix, commandTimeoutMs: 1000, now: () => Date.now() + offset });
    closing.push(async () => {
      await Promise.all([database.threads.close?.(), runs.close?.()]);
      client.disconnect();
    });
    return { ...database, sessions, runs };
  };

  return {
    store: open(proxies),
    second: async () => open(),
    advance: async (ms) => {
      offset += ms;
    },
    breakConnections: async () => {
      for (const proxy of both) proxy.cut();
    },
    outage: async () => {
      for (const proxy of both) proxy.block();
      return async () => {
        for (const proxy of both) proxy.restore();
      };
    },
    close: async () => {
      for (const close of closing) await close();
      for (const proxy of both) await proxy.close();
      const admin = new pg.Client({ connectionString: databaseUrl.href });
      await admin.connect();
      await admin.query(`drop schema if exists ${schema} cascade`);
      await admin.end();
    },
  };
}

/** The address of a server that the test run has started. */
function serverUrl(name: string): URL {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is missing: it comes from the global setup of these tests.`);
  return new URL(url);
}

function withPort(url: URL, proxy: TcpProxy | undefined): string {
  const changed = new URL(url);
  if (proxy) changed.port = String(proxy.port);
  return changed.href;
}
