import { randomHex } from '@chatkit-selfhost/core';
import pg from 'pg';
import { databaseUrl } from './database-url.js';

export interface TemporarySchema {
  name: string;
  /** One statement on a connection of its own kind, beside the store's. Rows as objects. */
  query: <T extends Record<string, unknown> = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<T[]>;
  /** Drops it with all that is in it. */
  drop: () => Promise<void>;
}

/** A schema that nobody else uses, not yet created. */
export function temporarySchema(): TemporarySchema {
  const name = `test_${randomHex(8)}`;
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 2 });
  pool.on('error', () => undefined);
  return {
    name,
    query: async <T extends Record<string, unknown>>(text: string, values?: unknown[]) => (await pool.query<T>(text, values)).rows,
    drop: async () => {
      await pool.query(`drop schema if exists ${name} cascade`);
      await pool.end();
    },
  };
}
