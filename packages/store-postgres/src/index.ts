// The store.
export { postgresStore, type PostgresStoreOptions, type PostgresSource } from './postgres-store.js';
export type { PgClient, PgPool, PostgresTimeouts } from './database/pg-pool.js';
export { openPGliteFolder } from './database/open-pglite.js';
export type { PGliteHandle } from './database/pglite-database.js';
export { PostgresStatementError } from './database/postgres-statement-error.js';

// Migrations and exports, for programs; the command line does the same.
export { postgresAdmin, postgresMigrationSql, type PostgresAdmin } from './postgres-admin.js';
export type { MigrationStatus } from './migrations/migrate.js';
export type { ExportFilter } from './history/export-history.js';
