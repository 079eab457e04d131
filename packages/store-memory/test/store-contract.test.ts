import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { afterAll, describe, it } from 'vitest';
import { openMemoryBackend } from './open-memory-backend.js';

runStoreContract({
  runner: { describe, it, afterAll },
  name: 'memory',
  open: openMemoryBackend,
  notApplicable: {
    second: 'one process holds the memory',
    breakConnections: 'memory has no connections',
    outage: 'memory has no server',
    durable: 'memory ends with its process',
  },
});
