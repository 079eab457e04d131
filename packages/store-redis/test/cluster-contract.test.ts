import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { afterAll, describe, it } from 'vitest';
import { openClusterBackend } from './open-cluster-backend.js';

runStoreContract({
  runner: { describe, it, afterAll },
  name: 'Redis, a cluster of three nodes',
  open: openClusterBackend,
  notApplicable: { outage: 'the client reaches the nodes at the addresses they name, past any proxy; the one-server run has these cases' },
});
