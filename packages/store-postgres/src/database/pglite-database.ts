import type { Database, Query, Row } from './database.js';
import { retryConflicts } from './retry-conflicts.js';
import { toStoreError } from './to-store-error.js';

interface PGliteQueryable {
  query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
}

/** What is used of a PGlite instance; the type of `@electric-sql/pglite` fits. */
export interface PGliteHandle extends PGliteQueryable {
  transaction: <T>(work: (transaction: PGliteQueryable) => Promise<T>) => Promise<T>;
  listen: (channel: string, onNotification: (payload: string) => void) => Promise<(() => Promise<void>) & (() => unknown)>;
  /** The folder; `memory://` or none for a database that ends with the process. */
  readonly dataDir?: string;
}

/**
 * A {@link Database} over PGlite: one connection, statements one after the other. Don't call the store from inside a transaction of the
 * same PGlite instance: it would wait for itself.
 */
export function pgliteDatabase(pglite: PGliteHandle, options: { close?: (() => Promise<void>) | undefined } = {}): Database {
  let closing: Promise<void> | null = null;

  async function asStore<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await retryConflicts(work);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  return {
    query: (text, values) => asStore(() => run(pglite)(text, values)),
    transaction: (work) => asStore(() => pglite.transaction((transaction) => work(run(transaction)))),
    listen: (channel, onNotification) => asStore(async () => {
      const stop = await pglite.listen(channel, onNotification);
      return async () => {
        await stop();
      };
    }),
    close: () => {
      closing ??= options.close?.() ?? Promise.resolve();
      return closing;
    },
    durable: isDurable(pglite.dataDir),
  };
}

export function isDurable(dataDir: string | undefined): boolean {
  return dataDir !== undefined && !dataDir.startsWith('memory://');
}

function run(queryable: PGliteQueryable): Query {
  return async (text, values = []) => (await queryable.query(text, values)).rows as Row[];
}
