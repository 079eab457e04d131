import { fileURLToPath } from 'node:url';
import type { Store } from '@chatkit-selfhost/core';
import { openPGliteFolder, postgresStore } from '@chatkit-selfhost/store-postgres';
import { Pool } from 'pg';
import { sqlDesk } from './desk/sql-desk.ts';
import type { Desk } from './desk/ticket.ts';

export interface ChosenStore {
  /** For people. */
  description: string;
  store: Store;
  desk: Desk;
  close: () => Promise<void>;
}

const DATA_FOLDER = fileURLToPath(new URL('../.data/desk', import.meta.url));

/**
 * Postgres where `DATABASE_URL` names one; else PGlite in the folder `CHATKIT_DATA` (`memory://` for a database that ends with the
 * process). Tickets and refunds are in the same database as the conversations.
 */
export async function chooseStore(environment: Record<string, string | undefined>): Promise<ChosenStore> {
  const connectionString = environment['DATABASE_URL'];
  if (connectionString !== undefined && connectionString !== '') {
    const pool = new Pool({ connectionString });
    return { description: 'Postgres', store: postgresStore({ pool }), desk: await sqlDesk((text, values) => pool.query(text, values)), close: () => pool.end() };
  }
  const folder = environment['CHATKIT_DATA'] ?? DATA_FOLDER;
  const { pglite, close } = await openPGliteFolder(folder);
  return { description: `PGlite in ${folder}`, store: postgresStore({ pglite }), desk: await sqlDesk((text, values) => pglite.query(text, values)), close };
}
