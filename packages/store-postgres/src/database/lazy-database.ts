import { safeToLog } from '@chatkit-selfhost/core';
import type { Database } from './database.js';

/** A {@link Database} that is opened by the first call, and by the next one again when that failed. Never opened, it closes at once. */
export function lazyDatabase(open: () => Promise<Database>, durable: boolean): Database {
  let opening: Promise<Database> | null = null;
  let closed = false;

  function opened(): Promise<Database> {
    if (closed && !opening) return Promise.reject(safeToLog(new Error('The store was closed.')));
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    query: async (text, values) => (await opened()).query(text, values),
    transaction: async (work) => (await opened()).transaction(work),
    listen: async (channel, onNotification, onLost) => (await opened()).listen(channel, onNotification, onLost),
    close: async () => {
      closed = true;
      await (await opening?.catch(() => undefined))?.close();
    },
    durable,
  };
}
