import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatKitError } from '../../src/errors/chatkit-error.js';
import { RunHub, type RunHubOptions } from '../../src/runs/run-hub.js';
import type { RunRecord, Store } from '../../src/store/index.js';
import { message } from './client-state.js';

const scope = { ownerId: 'ada' };
const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' as const }, metadata: {} };
const hubs: RunHub[] = [];
afterEach(() => hubs.splice(0).forEach((hub) => hub.localRuns.forEach((run) => hub.release(run.lease.runId))));

function hubOn(store: Store, options: Partial<RunHubOptions> = {}): RunHub {
  const hub = new RunHub({ store, recover: async () => false, ...options });
  hubs.push(hub);
  return hub;
}

function begin(hub: RunHub, runId: string, { threadId = 'thr_1', key, maxPerOwner }: { threadId?: string; key?: string; maxPerOwner?: number } = {}): Promise<{ outcome: string; run: RunRecord }> {
  return hub.begin(scope, { run: { runId, threadId, turn: {}, idempotencyKey: key, maxPerOwner }, write: { threadId, create: { ...thread, id: threadId } } });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (ChatKitError.isInstance(error)) return `${String(error.status)} ${error.code}`;
  }
  return 'no ChatKitError';
}

describe('RunHub.begin', () => {
  it('starts, and repeats for the same key', async () => {
    const hub = hubOn(memoryStore());
    expect(await begin(hub, 'run_1', { key: 'k' })).toMatchObject({ outcome: 'started' });
    expect(await begin(hub, 'run_2', { key: 'k' })).toMatchObject({ outcome: 'repeated', run: { runId: 'run_1' } });
  });

  it('refuses a thread that is being answered', async () => {
    const hub = hubOn(memoryStore(), { busyWaitMs: 30 });
    await begin(hub, 'run_1');
    expect(await codeOf(begin(hub, 'run_2'))).toBe('409 thread_busy');
  });

  it('waits for a run that ends soon', async () => {
    const store = memoryStore();
    const hub = hubOn(store);
    const { run } = await begin(hub, 'run_1');
    const second = begin(hub, 'run_2');
    await store.runs.finish(run, { status: 'completed' });
    expect(await second).toMatchObject({ outcome: 'started', run: { runId: 'run_2' } });
  });

  const ending: [string, (hub: RunHub, store: Store, run: RunRecord) => unknown][] = [
    ['was cancelled', (_hub, store, run) => store.runs.requestCancel(scope, { runId: run.runId })],
    ['nobody waits for any more', (hub, _store, run) => hub.adopt(run).hold(() => undefined)()],
    ['is being stopped here', (hub, _store, run) => hub.adopt(run).abort('timeout')],
  ];
  it.each(ending)('waits longer for one that %s', async (_why, stop) => {
    const store = memoryStore();
    const hub = hubOn(store);
    const { run } = await begin(hub, 'run_1');
    await stop(hub, store, run);
    const began = Date.now();
    const second = begin(hub, 'run_2');
    // Past the time after which a run that is going on is refused.
    setTimeout(() => void store.runs.finish(run, { status: 'cancelled' }), 400);
    expect(await second).toMatchObject({ outcome: 'started' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(350);
  });

  it('gives up on one that does not end', async () => {
    const store = memoryStore();
    const hub = hubOn(store, { busyWaitMs: 60 });
    await begin(hub, 'run_1');
    await store.runs.requestCancel(scope, { runId: 'run_1' });
    expect(await codeOf(begin(hub, 'run_2'))).toBe('409 thread_busy');
  });

  it('recovers a run whose lease has expired, then starts', async () => {
    let time = 1_000;
    const store = memoryStore({ now: () => time });
    const recovered: string[] = [];
    const hub = hubOn(store, { leaseMs: 100, recover: async (runId) => {
      recovered.push(runId);
      const [dead] = await store.runs.recover({ leaseMs: 100, limit: 1, runId });
      return dead !== undefined && store.runs.finish(dead.run, { status: 'interrupted' });
    } });
    await begin(hub, 'run_1');
    time += 101;
    expect(await begin(hub, 'run_2')).toMatchObject({ outcome: 'started' });
    expect(recovered).toEqual(['run_1']);
  });

  it('says what is wrong otherwise', async () => {
    const store = memoryStore();
    const hub = hubOn(store);
    await begin(hub, 'run_1');
    expect(await codeOf(begin(hub, 'run_2', { threadId: 'thr_2', maxPerOwner: 1 }))).toBe('429 too_many_runs');
    const absent = { run: { runId: 'run_3', threadId: 'thr_3', turn: {} }, write: { threadId: 'thr_3' } };
    expect(await codeOf(hub.begin(scope, absent))).toBe('404 not_found');
    const closed = { run: { runId: 'run_3', threadId: 'thr_3', turn: {} }, write: { threadId: 'thr_3', onlyIfActive: true, create: { ...thread, id: 'thr_3', status: { type: 'closed' as const } } } };
    expect(await codeOf(hub.begin(scope, closed))).toBe('409 thread_not_active');
    expect(await codeOf(hub.begin({ ownerId: 'eve' }, { run: { runId: 'run_4', threadId: 'thr_1', turn: {} }, write: { threadId: 'thr_1', put: [message('m', 'x')] } }))).toBe('404 not_found');
  });
});

describe('RunHub', () => {
  it('knows the runs of its own until they are released', async () => {
    const hub = hubOn(memoryStore());
    const { run } = await begin(hub, 'run_1');
    const local = hub.adopt(run);
    expect(hub.local('run_1')).toBe(local);
    expect(hub.localRuns).toEqual([local]);
    hub.release('run_1');
    expect(hub.local('run_1')).toBeUndefined();
    expect(local.ended).toBe(true);
    hub.release('run_1');
  });

  it('follows and cancels a run of another node through the store', async () => {
    const store = memoryStore();
    const here = hubOn(store, { renewEveryMs: 5 });
    const there = hubOn(store);
    const local = here.adopt((await begin(here, 'run_1')).run);
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of there.follow(scope, { runId: 'run_1', after: 0, signal: new AbortController().signal })) seen.push(...batch.map(({ json }) => json));
    })();
    local.push('{"type":"notice"}');
    await vi.waitFor(() => expect(seen).toEqual(['{"type":"notice"}']));
    expect(await there.cancel(scope, 'run_1')).toBe(true);
    await vi.waitFor(() => expect(local.abortReason).toBe('cancelled'));
    await store.runs.finish(local.lease, { status: 'cancelled' });
    await following;
  });

  it('cancels a run of its own at once, and none of another owner', async () => {
    const hub = hubOn(memoryStore());
    const local = hub.adopt((await begin(hub, 'run_1')).run);
    expect(await hub.cancel({ ownerId: 'eve' }, 'run_1')).toBe(false);
    expect(local.abortReason).toBeNull();
    expect(await hub.cancel(scope, 'run_1')).toBe(true);
    expect(local.abortReason).toBe('cancelled');
  });
});
