import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { beginTurn } from '../../src/runs/begin-turn.js';
import { endTurn } from '../../src/runs/end-turn.js';
import type { Lease, Store, ThreadWrite, TurnBegun, TurnRecord } from '../../src/store/index.js';
import { message } from './client-state.js';

const scope = { ownerId: 'ada' };
const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' as const }, metadata: {} };

/** The same parts, as if they came from different backends. */
function composed(store: Store): Store {
  return { ...store, runs: { ...store.runs, backend: {} } };
}

const stores: [string, () => Store][] = [['in one round trip', memoryStore], ['step by step', () => composed(memoryStore())]];

function begin(store: Store, { runId = 'run_1', key, ...write }: Partial<ThreadWrite> & { runId?: string; key?: string } = {}, max?: number): Promise<TurnBegun> {
  return beginTurn(store, scope, {
    run: { runId, threadId: 'thr_1', leaseMs: 60_000, turn: {}, idempotencyKey: key, maxPerOwner: max },
    write: { threadId: 'thr_1', ...write }, read: { limit: 20, order: 'desc' },
  });
}

async function started(store: Store, write: Parameters<typeof begin>[1] = { create: thread, put: [message('m', 'hello')] }): Promise<Extract<TurnBegun, { outcome: 'started' }>> {
  const begun = await begin(store, write);
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  return begun;
}

describe.each(stores)('beginTurn %s', (_how, open) => {
  it('makes the thread, writes, and reads what is there', async () => {
    const store = open();
    const begun = await started(store);
    expect(begun.run).toMatchObject({ runId: 'run_1', status: 'running', ownerId: 'ada' });
    expect(begun.thread).toEqual(thread);
    expect(begun.items.data).toEqual([message('m', 'hello')]);
    expect(await store.runs.getActive(scope, { threadId: 'thr_1' })).toMatchObject({ runId: 'run_1' });
  });

  it('writes under the run\'s fence', async () => {
    const store = open();
    const { run } = await started(store);
    expect(await store.threads.write(scope, { threadId: 'thr_1', fence: run.fence - 1, put: [message('old', 'x')] })).toBe('stale_run');
  });

  it.each([
    ['not_found', 'a thread that is absent', { put: [message('m', 'x')] }],
    ['not_active', 'a thread that is closed', { create: { ...thread, status: { type: 'closed' as const } }, onlyIfActive: true }],
  ])('refuses with %s and leaves no run behind: %s', async (outcome, _why, write) => {
    const store = open();
    expect(await begin(store, { ...write, key: 'k' })).toMatchObject({ outcome });
    expect(await store.runs.getActive(scope, { threadId: 'thr_1' })).toBeNull();
    expect(await store.runs.get(scope, { runId: 'run_1' })).toBeNull();
    expect(await begin(store, { create: thread, key: 'k' })).toMatchObject({ outcome: 'started' });
  });

  it('tells of the run that holds the thread', async () => {
    const store = open();
    await started(store);
    expect(await begin(store, { runId: 'run_2' })).toMatchObject({ outcome: 'busy', run: { runId: 'run_1' } });
  });

  it('tells of the earlier run with the same key', async () => {
    const store = open();
    await started(store, { create: thread, key: 'k' });
    expect(await begin(store, { runId: 'run_2', key: 'k', put: [message('twice', 'x')] })).toMatchObject({ outcome: 'repeated', run: { runId: 'run_1' } });
    expect(await store.threads.getItem(scope, { threadId: 'thr_1', itemId: 'twice' })).toBeNull();
  });

  it('tells when the owner has too many runs', async () => {
    const store = open();
    await started(store);
    const elsewhere = await beginTurn(store, scope, {
      run: { runId: 'run_2', threadId: 'thr_2', leaseMs: 60_000, turn: {}, maxPerOwner: 1 }, write: { threadId: 'thr_2', create: { ...thread, id: 'thr_2' } }, read: { limit: 20, order: 'desc' },
    });
    expect(elsewhere).toEqual({ outcome: 'too_many' });
  });
});

it('frees the thread when the write fails after the run has started', async () => {
  const store = composed(memoryStore());
  const failing: Store = { ...store, threads: { ...store.threads, write: () => Promise.reject(new Error('away')) } };
  await expect(begin(failing, { create: thread })).rejects.toThrow('away');
  expect(await store.runs.getActive(scope, { threadId: 'thr_1' })).toBeNull();
  expect(await begin(store, { create: thread })).toMatchObject({ outcome: 'started' });
});

describe('beginTurn step by step', () => {
  const mixed = (threads: Partial<Store['threads']>): Store => {
    const store = composed(memoryStore());
    return { ...store, threads: { ...store.threads, ...threads } };
  };
  const first = { create: thread, put: [message('m', 'hello')] };

  it.each(['get', 'listItems'] as const)('has stored nothing when %s fails, and begins once when it is tried again', async (part) => {
    const store = composed(memoryStore());
    const failing: Store = { ...store, threads: { ...store.threads, [part]: () => Promise.reject(new Error('away')) } };
    await expect(begin(failing, { ...first, key: 'k' })).rejects.toThrow('away');
    expect(await store.threads.get(scope, { threadId: 'thr_1' })).toBeNull();
    expect(await begin(store, { ...first, key: 'k' })).toMatchObject({ outcome: 'started' });
  });

  it('goes on when the write was done and only its answer was lost', async () => {
    const { threads } = memoryStore();
    const store = mixed({ ...threads, write: async (...write) => {
      await threads.write(...write);
      throw new Error('the connection was lost');
    } });
    expect(await begin(store, first)).toMatchObject({ outcome: 'started', thread, items: { data: first.put } });
  });

  it('reads what the fast path reads, however much is there', async () => {
    for (const count of [0, 18, 19, 20, 21]) {
      const pages = await Promise.all(stores.map(async ([, open]) => {
        const store = open();
        const put = Array.from({ length: count }, (_, index) => message(`m${String(index)}`, 'x'));
        await store.threads.write(scope, { threadId: 'thr_1', create: thread, put });
        const { items } = await started(store, { put: [message('new', 'hello'), message('newer', 'hello')] });
        return { ...items, data: items.data.map(({ id }) => id) };
      }));
      expect(pages[1]).toEqual(pages[0]);
    }
  });
});

describe.each(stores)('endTurn %s', (_how, open) => {
  const record: TurnRecord = {
    runId: 'run_1', ownerId: 'ada', threadId: 'thr_1', sessionId: null, userId: null, userItemId: null, userMessage: 'hello', agentResponse: 'hi', responseType: 'text',
    structuredData: null, outcome: 'completed', createdAt: new Date('2026-01-01T00:00:00.000Z'),
  };
  const end = (store: Store, lease: Lease): Promise<string> =>
    endTurn(store, scope, { lease, end: { status: 'completed' }, write: { threadId: 'thr_1', put: [message('last', 'bye')] }, record });
  const history = async (store: Store): Promise<TurnRecord[]> => (await store.history.query(scope, {}))?.data ?? [];

  it('writes, records and ends', async () => {
    const store = open();
    const { run } = await started(store);
    expect(await end(store, run)).toBe('written');
    expect(await store.threads.getItem(scope, { threadId: 'thr_1', itemId: 'last' })).toEqual(message('last', 'bye'));
    expect(await history(store)).toEqual([record]);
    expect(await store.runs.get(scope, { runId: 'run_1' })).toMatchObject({ status: 'completed' });
    expect(await store.runs.getActive(scope, { threadId: 'thr_1' })).toBeNull();
  });

  it('records and ends a run whose thread was deleted meanwhile', async () => {
    const store = open();
    const { run } = await started(store);
    await store.threads.delete(scope, { threadId: 'thr_1' });
    expect(await end(store, run)).toBe('not_found');
    expect(await history(store)).toEqual([record]);
    expect(await store.runs.get(scope, { runId: 'run_1' })).toMatchObject({ status: 'completed' });
  });

  it('changes nothing when the run was taken over', async () => {
    const store = open();
    const { run } = await started(store);
    await store.threads.write(scope, { threadId: 'thr_1', fence: run.fence + 1 });
    expect(await end(store, run)).toBe('stale_run');
    expect(await store.threads.getItem(scope, { threadId: 'thr_1', itemId: 'last' })).toBeNull();
    expect(await history(store)).toEqual([]);
  });

  it('says so when the lease is lost', async () => {
    const store = open();
    const { run } = await started(store);
    await store.runs.deleteThread(scope, { threadId: 'thr_1' });
    expect(await end(store, run)).toBe('stale_run');
  });
});
