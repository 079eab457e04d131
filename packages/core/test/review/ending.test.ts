import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { RunHub } from '../../src/runs/run-hub.js';
import type { Store } from '../../src/store/index.js';
import { authenticate, call, gate, input, open, owner, quiet, request } from './app.js';

afterEach(() => {
  // Before the real timers come back: they are what the mocks stand for.
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A store whose turns begin only when the test says so. */
function slowStore(): { store: Store; begin: () => void; closed: () => boolean } {
  const memory = memoryStore();
  const { opened, open: begin } = gate();
  let closed = false;
  const alive = <T>(value: T): T => {
    if (closed) throw new Error('The store is closed.');
    return value;
  };
  const threads: Store['threads'] = {
    ...memory.threads,
    close: async () => void (closed = true),
    beginTurn: async (scope, turn) => {
      await opened;
      if (!memory.threads.beginTurn) throw new Error('This store has a fast path.');
      return alive(memory.threads.beginTurn(scope, turn));
    },
    endTurn: async (scope, turn) => {
      if (!memory.threads.endTurn) throw new Error('This store has a fast path.');
      return alive(memory.threads.endTurn(scope, turn));
    },
  };
  return { store: { ...memory, threads }, begin, closed: () => closed };
}

describe('close', () => {
  it('waits for a turn that is just beginning before it closes the stores', async () => {
    const { store, begin, closed } = slowStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, async *respond() { yield 'all of it'; } });
    const answer = call(chatkit, 'threads.create', { input: input('hi') });
    await new Promise((resolve) => setImmediate(resolve));
    const closing = chatkit.close();
    begin();
    expect(JSON.stringify((await answer).events)).toContain('all of it');
    await closing;
    expect(closed()).toBe(true);
    expect((await store.history.query(owner, {}))?.data[0]?.outcome).toBe('completed');
  });

  it('stops at once a turn that begins when the time of grace is over', async () => {
    const { store, begin } = slowStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, respond: async () => new Promise<undefined>(() => undefined) });
    const answer = call(chatkit, 'threads.create', { input: input('hi') });
    await new Promise((resolve) => setImmediate(resolve));
    const closing = chatkit.close({ graceMs: 10 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    begin();
    await answer;
    await closing;
    expect((await store.history.query(owner, {}))?.data[0]?.outcome).toBe('cancelled');
  });

  it('lets no new turn in, says so to probes, and goes on answering those that are under way', async () => {
    const goOn = gate();
    const chatkit = createChatKit({ store: memoryStore(), authenticate, logger: quiet, async *respond() { await goOn.opened; yield 'done'; } });
    const first = await open(chatkit, 'threads.create', { input: input('hi') });
    const closing = chatkit.close();
    const refused = await open(chatkit, 'threads.create', { input: input('too late') });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await chatkit.fetch(request('/readyz', undefined, { method: 'GET' }))).status).toBe(503);
    expect((await chatkit.fetch(request('/healthz', undefined, { method: 'GET' }))).status).toBe(200);
    goOn.open();
    expect(await first.text()).toContain('done');
    await closing;
  });

  it('is not kept by a hook that never returns', async () => {
    const called = gate();
    const chatkit = createChatKit({
      store: memoryStore(), authenticate, logger: quiet, respond: () => undefined,
      hooks: { turnEnd: () => { called.open(); return new Promise<void>(() => undefined); } },
    });
    await open(chatkit, 'threads.create', { input: input('hi') });
    await called.opened;
    vi.useFakeTimers();
    const [armed, cleared] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')];
    const closing = chatkit.close({ graceMs: 1_234 });
    await vi.advanceTimersByTimeAsync(10_000);
    await closing;
    // By their times: other apps of this process have timers, too.
    for (const own of [1_234, 5_000]) {
      const index = armed.mock.calls.findIndex(([, milliseconds]) => milliseconds === own);
      expect(index).not.toBe(-1);
      expect(cleared).toHaveBeenCalledWith(armed.mock.results[index]?.value);
    }
  });
});

describe('deleteOwner', () => {
  it('leaves no record of a turn that another node ends afterwards, also where the parts are of different backends', async () => {
    const [data, coordination] = [memoryStore(), memoryStore()];
    const store: Store = { ...data, runs: coordination.runs, sessions: coordination.sessions };
    const app = { store, authenticate, logger: quiet };
    const [asked, goOn] = [gate(), gate()];
    const executing = createChatKit({ ...app, respond: async () => { asked.open(); await goOn.opened; } });
    const other = createChatKit({ ...app, respond: () => undefined });
    const answer = call(executing, 'threads.create', { input: input('remember me') });
    await asked.opened;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await other.deleteOwner(owner);
    goOn.open();
    await answer;
    expect((await store.history.query(owner, {}))?.data).toEqual([]);
    expect((await store.threads.list(owner, {}))?.data).toEqual([]);
  });

  it('leaves nothing of a turn that begins while it deletes', async () => {
    const memory = memoryStore();
    const [deleting, goOn] = [gate(), gate()];
    const threads: Store['threads'] = { ...memory.threads, deleteOwner: async (scope) => { deleting.open(); await goOn.opened; return memory.threads.deleteOwner(scope); } };
    const chatkit = createChatKit({ store: { ...memory, threads }, authenticate, logger: quiet, respond: async () => new Promise<undefined>(() => undefined) });
    const deleted = chatkit.deleteOwner(owner);
    await deleting.opened;
    const response = await open(chatkit, 'threads.create', { input: input('remember me') });
    goOn.open();
    await deleted;
    await response.text();
    expect((await memory.history.query(owner, {}))?.data).toEqual([]);
    expect((await memory.threads.list(owner, {}))?.data).toEqual([]);
    expect(await memory.runs.get(owner, { runId: response.headers.get('x-chatkit-run-id') ?? '' })).toBeNull();
  });
});

it('keeps no state of an approval that nobody was asked for', async () => {
  const memory = memoryStore();
  const saved: string[] = [];
  const runs: Store['runs'] = { ...memory.runs, saveApproval: async (scope, approval) => { saved.push(approval.id); await memory.runs.saveApproval(scope, approval); } };
  const chatkit = createChatKit({
    store: { ...memory, runs }, authenticate, logger: quiet,
    respond: async (turn) => {
      await memory.threads.delete(owner, { threadId: turn.thread.id });
      await turn.requestApproval({ title: 'Really?', state: 'secret' });
    },
  });
  await call(chatkit, 'threads.create', { input: input('hi') });
  expect(saved).toHaveLength(1);
  expect(await memory.runs.claimApproval(owner, { id: saved[0] ?? '' })).toBeNull();
});

it('renews a lease once at a time, however long the store takes', async () => {
  const memory = memoryStore();
  let renewals = 0;
  const runs: Store['runs'] = { ...memory.runs, renew: () => { renewals++; return new Promise(() => undefined); } };
  const hub = new RunHub({ store: { ...memory, runs }, recover: async () => false, renewEveryMs: 5 });
  const begun = await memory.runs.start(owner, { runId: 'run_1', threadId: 'thr_1', leaseMs: 60_000, turn: {} });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  hub.adopt(begun.run);
  await new Promise((resolve) => setTimeout(resolve, 60));
  hub.release('run_1');
  expect(renewals).toBe(1);
});
