import type { Store } from '@chatkit-selfhost/core';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { postgresStore, type PostgresTimeouts } from '../src/index.js';
import { databaseUrl } from './database-url.js';
import { temporarySchema, type TemporarySchema } from './temporary-schema.js';

export interface TestStore {
  store: Store;
  schema: TemporarySchema;
  pool: pg.Pool;
}

/** A migrated store on a pool of the app and a schema of its own, all gone at the end of the test. */
export async function openTestStore(options: { pool?: pg.PoolConfig; timeouts?: PostgresTimeouts } = {}): Promise<TestStore> {
  const schema = temporarySchema();
  const pool = new pg.Pool({ connectionString: databaseUrl(), ...options.pool });
  const store = postgresStore({ pool, schema: schema.name, timeouts: options.timeouts });
  onTestFinished(async () => {
    await store.threads.close?.();
    await pool.end();
    await schema.drop();
  });
  // By the usual time limits, whatever those of the test are.
  await postgresStore({ pool, schema: schema.name }).threads.setup?.();
  return { store, schema, pool };
}
