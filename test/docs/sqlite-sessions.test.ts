import { DatabaseSync } from 'node:sqlite';
import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterAll, describe, it } from 'vitest';
import { sqliteSessions } from '../../docs/examples/sqlite-sessions.js';

/** The example of "Writing a store": one part of its own, the others from memory. */
runStoreContract({
  runner: { describe, it, afterAll },
  name: 'sessions in SQLite, the rest in memory',
  notApplicable: {
    second: 'the database is in this process’s memory',
    breakConnections: 'SQLite has no connections',
    outage: 'SQLite has no server',
    durable: 'runs are in memory',
  },
  open: async () => {
    let offset = 0;
    const now = (): number => Date.now() + offset;
    const database = new DatabaseSync(':memory:');
    return {
      store: { ...memoryStore({ now }), sessions: sqliteSessions(database, { now }) },
      close: async () => database.close(),
      advance: async (milliseconds) => {
        offset += milliseconds;
      },
    };
  },
});
