import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { afterAll, describe, it } from 'vitest';
import { openMemoryBackend } from './open-memory-backend.js';

const runner = { describe, it, afterAll };
const notApplicable = {
  second: 'one process holds the memory',
  breakConnections: 'memory has no connections',
  outage: 'memory has no server',
  durable: 'memory ends with its process',
};

runStoreContract({ runner, name: 'memory', open: openMemoryBackend, notApplicable });

runStoreContract({
  runner,
  name: 'memory, with sessions and runs from stores of their own',
  notApplicable: { ...notApplicable, fastPaths: 'the parts share no backend' },
  open: async () => {
    const [rows, sessions, runs] = [await openMemoryBackend(), await openMemoryBackend(), await openMemoryBackend()];
    return {
      store: { ...rows.store, sessions: sessions.store.sessions, runs: runs.store.runs },
      close: async () => undefined,
      advance: async (ms) => {
        for (const backend of [rows, sessions, runs]) await backend.advance(ms);
      },
    };
  },
});
