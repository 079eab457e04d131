export { measure, milliseconds, quantile, report } from './support/measure.ts';
// What the Postgres benchmarks share. They measure the built packages: run `npm run build` first.
import pg from 'pg';
import type { Store } from '@chatkit-selfhost/core';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { startPostgres } from '../scripts/services/postgres-server.ts';

export const SCHEMA = 'chatkit_bench';
export const SCOPE = { ownerId: 'bench' };

export interface PostgresBench {
  store: Store;
  pool: pg.Pool;
}

/** Runs a benchmark on a fresh server with `fsync` on, as in production, or on `DATABASE_URL`. */
export async function withPostgres(bench: (setup: PostgresBench) => Promise<void>): Promise<void> {
  const server = process.env['DATABASE_URL'] ? null : await startPostgres({ durable: true });
  const pool = new pg.Pool({ connectionString: server?.url ?? process.env['DATABASE_URL'], max: 10 });
  const store = postgresStore({ pool, schema: SCHEMA });
  try {
    await pool.query(`drop schema if exists ${SCHEMA} cascade`);
    await store.threads.setup?.();
    await bench({ store, pool });
  } finally {
    await store.threads.close?.();
    await pool.query(`drop schema if exists ${SCHEMA} cascade`).catch(() => undefined);
    await pool.end();
    await server?.stop();
  }
}
