import type { Database } from './database.js';
import type { PostgresTimeouts } from './pg-pool.js';
import { poolDatabase } from './pool-database.js';

const APPLICATION_NAME = 'chatkit-selfhost';

/** A pool for a connection string, with time limits on the server too. Nothing connects before the first statement. */
export async function openPool(connectionString: string, timeouts: PostgresTimeouts = {}): Promise<Database> {
  const { default: pg } = await import('pg');
  const statementMs = timeouts.statement ?? 15_000;
  const pool = new pg.Pool({
    connectionString,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: timeouts.connect ?? 5_000,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    options: '-c default_transaction_isolation=read\\ committed',
  });
  return poolDatabase(pool, { timeouts, end: () => pool.end() });
}
