import { safeToLog, type Store, type StorePart } from '@chatkit-selfhost/core';
import type { Database } from './database/database.js';
import { lazyDatabase } from './database/lazy-database.js';
import { openPGlite } from './database/open-pglite.js';
import { openPool } from './database/open-pool.js';
import type { PgPool, PostgresTimeouts } from './database/pg-pool.js';
import { isDurable, pgliteDatabase, type PGliteHandle } from './database/pglite-database.js';
import { poolDatabase } from './database/pool-database.js';
import { schemaNames } from './database/schema-names.js';
import { createStatements, type Statements } from './database/statements.js';
import { historyStore } from './history/history-store.js';
import { migrate, migrationStatus } from './migrations/migrate.js';
import type { PartLifecycle } from './part-lifecycle.js';
import { RunListener } from './runs/run-listener.js';
import { runStore } from './runs/run-store.js';
import { sessionStore } from './sessions/session-store.js';
import { threadStore } from './threads/thread-store.js';

/** Where the database is. What is opened for a connection string or a folder is closed with the store; a pool or a PGlite instance of yours stays open. */
export type PostgresSource =
  | { pool: PgPool }
  | { connectionString: string }
  /** An instance, or the folder of one (needs the package `@electric-sql/pglite`). `memory://` keeps nothing. */
  | { pglite: PGliteHandle | string };

export type PostgresStoreOptions = PostgresSource & {
  /** Schema of all tables. Default `chatkit`. */
  schema?: string | undefined;
  /** What `setup` does: apply missing migrations (default), throw when some are missing, or nothing. */
  migrate?: 'auto' | 'check' | 'off' | undefined;
  /** How long a call may take before it fails as unavailable. Not for PGlite. */
  timeouts?: PostgresTimeouts | undefined;
  /** A clock to use instead of the server's: for tests. */
  now?: (() => Date) | undefined;
};

/**
 * Threads, sessions, history and runs in Postgres, or in PGlite by the same statements.
 *
 * @throws TypeError for a schema name that is more than letters, digits and underscores.
 */
export function postgresStore(options: PostgresStoreOptions): Store {
  const names = schemaNames(options.schema);
  const database = openDatabase(options);
  const statements = createStatements(database, names, options.now);
  const listener = new RunListener(database, names.channel);

  let settingUp: Promise<void> | null = null;
  const lifecycle: PartLifecycle = {
    backend: {},
    setup: () => {
      settingUp ??= setUp(options.migrate ?? 'auto').catch((error: unknown) => {
        settingUp = null;
        throw error;
      });
      return settingUp;
    },
    check: () => checkServer(statements),
    close: async () => {
      await listener.close();
      await database.close();
    },
  };

  async function setUp(mode: 'auto' | 'check' | 'off'): Promise<void> {
    if (mode === 'auto') await migrate(database, names);
    if (mode !== 'check') return;
    const { pending } = await migrationStatus(database, names);
    if (pending.length === 0) return;
    const missing = pending.map(({ id }) => id).join(', ');
    throw safeToLog(new Error(`The schema ${names.name} lacks migrations ${missing}: run "npx @chatkit-selfhost/store-postgres migrate".`));
  }

  return {
    threads: threadStore(statements, lifecycle),
    sessions: sessionStore(statements, lifecycle),
    history: historyStore(statements, lifecycle),
    runs: runStore(statements, listener, lifecycle),
  } satisfies Record<keyof Store, StorePart>;
}

export function openDatabase(options: PostgresSource & { timeouts?: PostgresTimeouts | undefined }): Database {
  if ('pool' in options) return poolDatabase(options.pool, { timeouts: options.timeouts });
  if ('connectionString' in options) return lazyDatabase(() => openPool(options.connectionString, options.timeouts), true);
  const { pglite } = options;
  if (typeof pglite !== 'string') return pgliteDatabase(pglite);
  return lazyDatabase(() => openPGlite(pglite), isDurable(pglite));
}

/** Limits on sessions and runs are counted under a lock, which counts for nothing when a transaction can't see what happened before it had the lock. */
async function checkServer({ one }: Statements): Promise<void> {
  const isolation = await one<string>(`select to_json(current_setting('transaction_isolation'))::text as result`, []);
  if (isolation !== 'read committed') throw safeToLog(new Error(`The store needs transactions to be "read committed"; this connection's default is "${String(isolation)}".`));
}
