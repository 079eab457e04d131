import { safeToLog, StoreUnavailableError } from '@chatkit-selfhost/core';
import type { Database, Query, Row } from './database.js';
import { listenWithClient } from './listen-with-client.js';
import type { PgClient, PgPool, PostgresTimeouts } from './pg-pool.js';
import { retryConflicts } from './retry-conflicts.js';
import { leavesConnectionUsable, toStoreError } from './to-store-error.js';

export interface PoolDatabaseOptions {
  timeouts?: PostgresTimeouts | undefined;
  /** Ends the pool: only for one that was opened here. */
  end?: (() => Promise<void>) | undefined;
}

type Connection = Awaited<ReturnType<PgPool['connect']>>;

const DEFAULT_CONNECT_MS = 5_000;
const DEFAULT_STATEMENT_MS = 15_000;

/** A lost connection shows in the query that meets it; without a listener Node would end the process instead. */
const ignoreLostConnection = (): void => undefined;
/** It stays there after the store has closed: connections may be lost until the pool has ended. */
const heardPools = new WeakSet<PgPool>();

/** A {@link Database} over a `pg` pool, its own or the app's. No call waits longer than the time limits. */
export function poolDatabase(pool: PgPool, options: PoolDatabaseOptions = {}): Database {
  const connectMs = options.timeouts?.connect ?? DEFAULT_CONNECT_MS;
  const statementMs = options.timeouts?.statement ?? DEFAULT_STATEMENT_MS;
  let closing: Promise<void> | null = null;
  if (!heardPools.has(pool)) pool.on('error', ignoreLostConnection);
  heardPools.add(pool);

  async function withConnection<T>(work: (client: Connection) => Promise<T>): Promise<T> {
    const client = await acquire(pool, connectMs);
    client.on('error', ignoreLostConnection);
    let usable = false;
    try {
      const result = await work(client);
      usable = true;
      return result;
    } catch (error) {
      usable = leavesConnectionUsable(error);
      throw error;
    } finally {
      client.removeListener('error', ignoreLostConnection);
      client.release(!usable);
    }
  }

  const query: Query = (text, values) =>
    asStore(() => retryConflicts(() => withConnection((client) => run(client, text, values, statementMs))));

  const transaction: Database['transaction'] = (work) =>
    asStore(() => retryConflicts(() => withConnection(async (client) => {
      await run(client, 'begin');
      try {
        const result = await work((text, values) => run(client, text, values));
        await run(client, 'commit');
        return result;
      } catch (error) {
        // Otherwise the connection is given up, and the transaction with it.
        if (leavesConnectionUsable(error)) await run(client, 'rollback').catch(ignoreLostConnection);
        throw error;
      }
    })));

  return {
    query,
    transaction,
    listen: (channel, onNotification, onLost) =>
      asStore(() => listenWithClient(pool, { channel, onNotification, onLost, connectMs })),
    close: () => {
      closing ??= options.end?.() ?? Promise.resolve();
      return closing;
    },
    durable: true,
  };
}

async function asStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}

async function run(client: PgClient, text: string, values: unknown[] = [], timeoutMs?: number): Promise<Row[]> {
  const { rows } = await client.query({ text, values, ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }) });
  return rows as Row[];
}

/** The app's pool may be set to wait forever: this never does, and gives back a connection that comes too late. */
async function acquire(pool: PgPool, timeoutMs: number): Promise<Connection> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  const connecting = pool.connect();
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new StoreUnavailableError({ cause: safeToLog(new Error(`No free Postgres connection within ${String(timeoutMs)} ms.`)) }));
    }, timeoutMs);
  });
  connecting.then((client) => {
    if (late) client.release();
  }, ignoreLostConnection);
  try {
    return await Promise.race([connecting, timeout]);
  } catch (error) {
    throw error instanceof StoreUnavailableError ? error : new StoreUnavailableError({ cause: error });
  } finally {
    clearTimeout(timer);
  }
}
