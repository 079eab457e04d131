import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { afterAll, describe, it } from 'vitest';
import { openPGliteBackend } from './open-pglite-backend.js';
import { openPostgresBackend } from './open-postgres-backend.js';

runStoreContract({ runner: { describe, it, afterAll }, name: 'Postgres', open: openPostgresBackend });

runStoreContract({
  runner: { describe, it, afterAll },
  name: 'PGlite',
  open: openPGliteBackend,
  timeoutMs: 60_000,
  notApplicable: {
    second: 'one process has the folder',
    breakConnections: 'PGlite has no connections',
    outage: 'PGlite has no server',
  },
});
