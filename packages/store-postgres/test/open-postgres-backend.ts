import type { Store } from '@chatkit-selfhost/core';
import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { postgresStore } from '../src/index.js';
import { temporarySchema, type TemporarySchema } from './temporary-schema.js';
import { startTcpProxy } from './tcp-proxy.js';
import { databaseUrl } from './database-url.js';

/** A store on the server of the test run, behind a proxy that can take the server away. */
export async function openPostgresBackend(): Promise<ContractBackend> {
  const schema = temporarySchema();
  const proxy = await startTcpProxy();
  const stores: Store[] = [];
  const open = (connectionString: string): Store => {
    const store = postgresStore({ connectionString, schema: schema.name, timeouts: { connect: 3_000 } });
    stores.push(store);
    return store;
  };
  return {
    store: open(proxy.url),
    second: async () => open(databaseUrl()),
    advance: (ms) => moveStoredTimesBack(schema, ms),
    breakConnections: async () => proxy.cut(),
    outage: () => proxy.refuse(),
    close: async () => {
      for (const store of stores) await store.threads.close?.();
      await proxy.close();
      await schema.drop();
    },
  };
}

/** The server's clock can't be moved: what is stored becomes older instead. */
async function moveStoredTimesBack({ name, query }: TemporarySchema, ms: number): Promise<void> {
  const columns: Record<string, string[]> = {
    sessions: ['created_at', 'last_seen_at', 'expires_at', 'absolute_expires_at'],
    runs: ['lease_until', 'started_at', 'ended_at', 'watched_until'],
    approvals: ['created_at', 'expires_at'],
  };
  for (const [table, times] of Object.entries(columns)) {
    await query(`update ${name}.${table} set ${times.map((column) => `${column} = ${column} - $1 * interval '1 millisecond'`).join(', ')}`, [ms]);
  }
}
