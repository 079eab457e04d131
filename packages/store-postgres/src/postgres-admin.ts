import { schemaNames } from './database/schema-names.js';
import { createStatements } from './database/statements.js';
import { withoutTimeLimit } from './database/without-time-limit.js';
import { exportHistory, type ExportFilter } from './history/export-history.js';
import { migrate, migrationSql, migrationStatus, type MigrationStatus } from './migrations/migrate.js';
import { openDatabase, type PostgresSource } from './postgres-store.js';

/** What an operator does with a database, beside the store. */
export interface PostgresAdmin {
  /** Applies missing migrations, all or none; returns those that it applied. */
  migrate: () => Promise<{ id: number; name: string }[]>;
  status: () => Promise<MigrationStatus>;
  /**
   * Rows of `conversation_history`, named as its columns: in order of arrival, or with `from` or `to` in order of `created_at`.
   * No time limit of a connection ends it.
   */
  exportHistory: (filter?: ExportFilter) => AsyncIterable<Record<string, unknown>>;
  /** Closes what was opened for a connection string or a folder. */
  close: () => Promise<void>;
}

export function postgresAdmin(options: PostgresSource & { schema?: string | undefined }): PostgresAdmin {
  const names = schemaNames(options.schema);
  const database = openDatabase(options);
  return {
    migrate: () => migrate(database, names),
    status: () => migrationStatus(database, names),
    exportHistory: (filter) => exportHistory(createStatements({ ...database, query: withoutTimeLimit(database) }, names), filter),
    close: () => database.close(),
  };
}

/** The migrations as one SQL script, for those who migrate with a tool of their own: all of them, or those after a number. */
export function postgresMigrationSql(options: { schema?: string | undefined; after?: number | undefined } = {}): string {
  return migrationSql(schemaNames(options.schema), options);
}
