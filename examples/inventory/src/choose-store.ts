import { fileURLToPath } from 'node:url';
import type { Store } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { openPGliteFolder, postgresStore } from '@chatkit-selfhost/store-postgres';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { Inventory } from './inventory/inventory.ts';
import { memoryInventory } from './inventory/memory-inventory.ts';
import { sqlInventory, type Query } from './inventory/sql-inventory.ts';
import { StartError } from './start-error.ts';

export interface ChosenStore {
  /** For people. */
  description: string;
  store: Store;
  inventory: Inventory;
  close: () => Promise<void>;
}

const EXAMPLE_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/**
 * The backend that the environment asks for: `CHATKIT_STORE` is `pglite` (the default), `memory`, `postgres` (`DATABASE_URL`) or
 * `postgres+redis` (`REDIS_URL` too). The inventory's own tables are in the same database.
 */
export async function chooseStore(
  environment: Record<string, string | undefined>, { pgliteFolder = '.data/inventory' }: { pgliteFolder?: string } = {},
): Promise<ChosenStore> {
  const kind = environment['CHATKIT_STORE'] ?? defaultKind(environment);
  switch (kind) {
    case 'memory':
      return { description: 'memory (ends with the process)', store: memoryStore(), inventory: memoryInventory(), close: async () => undefined };
    case 'pglite':
      return pglite(environment['CHATKIT_DATA'] ?? `${EXAMPLE_FOLDER}${pgliteFolder}`);
    case 'postgres':
      return postgres(required(environment, 'DATABASE_URL'));
    case 'postgres+redis': {
      const database = await postgres(required(environment, 'DATABASE_URL'));
      const client = new Redis(required(environment, 'REDIS_URL'), { lazyConnect: true });
      const { sessions, runs } = redisStore({ client, keyPrefix: 'inventory:' });
      return {
        ...database,
        description: 'Postgres, with sessions and runs in Redis',
        store: { ...database.store, sessions, runs },
        close: async () => {
          await database.close();
          client.disconnect();
        },
      };
    }
    default:
      throw new StartError(`CHATKIT_STORE is "${kind}"; it can be pglite, memory, postgres or postgres+redis.`);
  }
}

function defaultKind(environment: Record<string, string | undefined>): string {
  if (environment['DATABASE_URL'] === undefined) return 'pglite';
  return environment['REDIS_URL'] === undefined ? 'postgres' : 'postgres+redis';
}

async function pglite(folder: string): Promise<ChosenStore> {
  const { pglite: database, close } = await openPGliteFolder(folder);
  const inventory = await sqlInventory({
    query: (text, values) => database.query(text, values),
    transaction: (work) => database.transaction((transaction) => work((text, values) => transaction.query(text, values))),
  });
  return { description: `PGlite in ${folder}`, store: postgresStore({ pglite: database }), inventory, close };
}

async function postgres(connectionString: string): Promise<ChosenStore> {
  const pool = new Pool({ connectionString });
  const inventory = await sqlInventory({
    query: (text, values) => pool.query(text, values),
    transaction: async (work) => {
      const client = await pool.connect();
      const query: Query = (text, values) => client.query(text, values);
      try {
        await query('BEGIN');
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
  });
  return { description: 'Postgres', store: postgresStore({ pool }), inventory, close: () => pool.end() };
}

function required(environment: Record<string, string | undefined>, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new StartError(`Set ${name} to use this store.`);
  return value;
}
