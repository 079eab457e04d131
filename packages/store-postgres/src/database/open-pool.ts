import { StoreUnavailableError } from '@chatkit-selfhost/core';
import type { PoolConfig } from 'pg';
import type { Database } from './database.js';
import type { PostgresTimeouts } from './pg-pool.js';
import { poolDatabase } from './pool-database.js';
import { sqlState } from './to-store-error.js';

const APPLICATION_NAME = 'chatkit-selfhost';
const PROTOCOL_VIOLATION = '08P01';

/**
 * A pool for a connection string, with time limits on the server too. A pooler such as PgBouncer refuses connections that set any: then
 * without, and the limits are this side's alone. Setting them afterwards would reach whoever gets the pooler's connection next.
 *
 * @throws StoreUnavailableError when there is no connection to be had.
 */
export async function openPool(connectionString: string, timeouts: PostgresTimeouts = {}): Promise<Database> {
  const { default: pg } = await import('pg');
  const statementMs = timeouts.statement ?? 15_000;
  const basics: PoolConfig = {
    connectionString,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: timeouts.connect ?? 5_000,
    keepAlive: true,
  };
  const limits: PoolConfig = {
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c default_transaction_isolation=read\\ committed',
  };

  async function open(config: PoolConfig): Promise<Database> {
    const pool = new pg.Pool(config);
    const database = poolDatabase(pool, { timeouts, end: () => pool.end() });
    try {
      (await pool.connect()).release();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  try {
    return await open({ ...basics, ...limits }).catch((error: unknown) => {
      if (refusesSettings(error)) return open(basics);
      throw error;
    });
  } catch (error) {
    throw new StoreUnavailableError({ cause: error });
  }
}

function refusesSettings(error: unknown): boolean {
  return sqlState(error) === PROTOCOL_VIOLATION && error instanceof Error && error.message.includes('startup parameter');
}
