import { runStoreContract } from '@chatkit-selfhost/core/testing';
import { afterAll, describe, it } from 'vitest';
import { openRedisBackend } from './open-redis-backend.js';

runStoreContract({ runner: { describe, it, afterAll }, name: 'Redis, one server', open: openRedisBackend });
