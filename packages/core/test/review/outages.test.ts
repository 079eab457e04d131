import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { StoreUnavailableError } from '../../src/errors/store-unavailable-error.js';
import type { Store } from '../../src/store/index.js';
import { authenticate, call, input, owner, quiet } from './app.js';

it.each([['with a key', { 'idempotency-key': 'k1' }], ['without one', {}]])('a message that is posted again after each 503, %s, is one message in one thread', async (_how, headers) => {
  const [data, coordination] = [memoryStore(), memoryStore()];
  let failures = 3;
  const threads: Store['threads'] = { ...data.threads, get: async (scope, query) => {
    if (failures-- > 0) throw new StoreUnavailableError();
    return data.threads.get(scope, query);
  } };
  const store: Store = { ...data, threads, runs: coordination.runs, sessions: coordination.sessions };
  const chatkit = createChatKit({ store, authenticate, logger: quiet, async *respond() { yield 'Hello.'; } });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) statuses.push((await call(chatkit, 'threads.create', { input: input('hi') }, headers)).status);
  expect(statuses).toEqual([503, 503, 503, 200]);
  expect((await data.threads.list(owner, {}))?.data).toHaveLength(1);
});
