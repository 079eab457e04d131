import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { StoreUnavailableError } from '../../src/errors/store-unavailable-error.js';
import type { Store } from '../../src/store/index.js';
import { authenticate, call, input, owner, quiet, threadOf } from './app.js';

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

/** Fails the first time: before it has done anything, or after all of it, when only the answer is lost. */
function stumbling<A extends unknown[], R>(step: (...given: A) => Promise<R>, when: 'before' | 'after'): (...given: A) => Promise<R> {
  let stumbled = false;
  return async (...given) => {
    if (stumbled) return step(...given);
    stumbled = true;
    if (when === 'after') await step(...given);
    throw new StoreUnavailableError();
  };
}

describe.each(['before', 'after'] as const)('a store that stumbles once at the end of a turn, %s it has written', (when) => {
  const whole = (): Store => {
    const memory = memoryStore();
    if (!memory.threads.endTurn) throw new Error('This store has a fast path.');
    return { ...memory, threads: { ...memory.threads, endTurn: stumbling(memory.threads.endTurn, when) } };
  };
  const mixed = (part: 'add' | 'finish') => (): Store => {
    const [data, { runs }] = [memoryStore(), memoryStore()];
    if (part === 'add') return { ...data, runs, history: { ...data.history, add: stumbling(data.history.add, when) } };
    return { ...data, runs: { ...runs, finish: stumbling(runs.finish, when) } };
  };

  it.each([['in one step', whole], ['where the history stumbles', mixed('add')], ['where the runs stumble', mixed('finish')]])('ends it all the same: %s', async (_how, make) => {
    const store = make();
    const ended: string[] = [];
    const chatkit = createChatKit({ store, authenticate, logger: quiet, hooks: { turnEnd: ({ outcome }) => void ended.push(outcome) }, async *respond() { yield 'Hello.'; } });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(events.map(({ type }) => type)).not.toContain('error');
    const next = await call(chatkit, 'threads.add_user_message', { thread_id: threadOf(events), input: input('again') });
    expect(next.status).toBe(200);
    expect((await store.history.query(owner, {}))?.data.map(({ outcome }) => outcome)).toEqual(['completed', 'completed']);
    expect(ended).toEqual(['completed', 'completed']);
  });
});

it('an answer goes on when its log could not be written for a moment', async () => {
  const memory = memoryStore();
  const store: Store = { ...memory, runs: { ...memory.runs, durable: true, append: stumbling(memory.runs.append, 'after') } };
  const chatkit = createChatKit({ store, authenticate, logger: quiet, async *respond() { yield 'Hello.'; } });
  const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
  expect(events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { content: [{ text: 'Hello.' }] } });
});
