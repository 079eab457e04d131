import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { recoverRuns } from '../../src/runs/recover-runs.js';
import { RunHub } from '../../src/runs/run-hub.js';
import type { RunEvent, Store, TurnRecord } from '../../src/store/index.js';
import { authenticate, call, eventsOf, gate, input, open, owner, quiet, request } from './app.js';

const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' as const }, metadata: {} };
const message = { type: 'assistant_message', id: 'm', thread_id: 'thr_1', created_at: thread.created_at, content: [{ type: 'output_text', text: 'Half of it', annotations: [] }] };

/** A store on which a node began an answer, and died when `die` is called: its lease runs out. */
async function otherNode(idempotencyKey?: string): Promise<{ store: Store; die: () => void }> {
  let time = Date.now();
  const store = memoryStore({ now: () => time });
  await store.threads.write(owner, { threadId: 'thr_1', create: thread });
  const begun = await store.runs.start(owner, { runId: 'run_1', threadId: 'thr_1', leaseMs: 15_000, idempotencyKey, turn: { userMessage: 'Tell me' } });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  await store.runs.append(begun.run, { events: [{ seq: 1, json: JSON.stringify({ type: 'thread.item.added', item: message }) }] });
  return { store, die: () => (time += 15_001) };
}

const node = (store: Store): ReturnType<typeof createChatKit> => createChatKit({ store, authenticate, logger: quiet, respond: () => undefined });
afterEach(() => void vi.useRealTimers());

describe('a run whose node died', () => {
  it('ends for whoever asks for its events, with its text kept', async () => {
    const { store, die } = await otherNode();
    die();
    const response = await node(store).fetch(request('/runs/run_1/events', undefined, { method: 'GET' }));
    expect(eventsOf(await response.text()).at(-1)).toMatchObject({ type: 'error', allow_retry: true });
    expect(await store.threads.getItem(owner, { threadId: 'thr_1', itemId: 'm' })).toEqual(message);
  });

  it('ends for whoever followed it from another node when it died, without any clean-up', async () => {
    const { store, die } = await otherNode();
    const hub = new RunHub({ store, leaseMs: 20, recover: async (runId) => (await recoverRuns({ store, leaseMs: 20, limit: 1, runId })) > 0 });
    const events: RunEvent[] = [];
    const reading = (async () => {
      for await (const batch of hub.follow(owner, { runId: 'run_1', after: 0, signal: new AbortController().signal })) events.push(...batch);
    })();
    await vi.waitFor(() => expect(events).toHaveLength(1));
    die();
    await reading;
    expect(events.at(-1)?.json).toContain('"type":"error"');
  });

  it('is told of as interrupted when its request is repeated', async () => {
    const { store, die } = await otherNode('k1');
    die();
    const { status, events } = await call(node(store), 'threads.add_user_message', { thread_id: 'thr_1', input: input('Tell me') }, { 'idempotency-key': 'k1' });
    expect([status, events.at(-1)?.type]).toEqual([200, 'error']);
  });

  it('ends when it is cancelled, though nobody is there to heed that', async () => {
    const { store, die } = await otherNode();
    die();
    expect((await node(store).fetch(request('/runs/run_1/cancel', {}))).status).toBe(200);
    expect(await store.runs.getActive(owner, { threadId: 'thr_1' })).toBeNull();
  });

  it('does not keep others of its kind waiting when it cannot be finished', async () => {
    const { store, die } = await otherNode();
    for (const n of [2, 3]) {
      await store.threads.write(owner, { threadId: `thr_${String(n)}`, create: { ...thread, id: `thr_${String(n)}` } });
      await store.runs.start(owner, { runId: `run_${String(n)}`, threadId: `thr_${String(n)}`, leaseMs: 15_000, turn: {} });
    }
    die();
    const told: TurnRecord[] = [];
    const onRecovered = (record: TurnRecord): void => {
      told.push(record);
      if (told.length === 1) throw new Error('the first one fails');
    };
    await expect(recoverRuns({ store, leaseMs: 15_000, limit: 10, onRecovered })).rejects.toThrow('the first one fails');
    expect(told.map(({ runId }) => runId).sort()).toEqual(['run_1', 'run_2', 'run_3']);
  });
});

describe('a node that was taken for dead', () => {
  it.each([true, false])('tells its readers that this was not the end, and shows nothing that is stored nowhere (durable log: %s)', async (durable) => {
    const memory = memoryStore();
    const store: Store = { ...memory, runs: { ...memory.runs, durable } };
    const [begun, taken] = [gate(), gate()];
    const chatkit = createChatKit({
      store, authenticate, logger: quiet,
      async *respond() {
        yield 'kept ';
        await new Promise((resolve) => setTimeout(resolve, 30));
        begun.open();
        await taken.opened;
        yield 'lost';
        await new Promise(() => undefined);
      },
    });
    const response = await open(chatkit, 'threads.create', { input: input('hi') });
    const text = response.text();
    await begun.opened;
    const runId = response.headers.get('x-chatkit-run-id') ?? '';
    // As another node would: the lease ran out unnoticed.
    await memory.runs.deleteThread(owner, { threadId: (await memory.runs.get(owner, { runId }))?.threadId ?? '' });
    taken.open();
    const events = eventsOf(await text);
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(JSON.stringify(events)).toContain('kept ');
    // Where the log is not durable it was on its way before anybody knew.
    expect(JSON.stringify(events).includes('"lost"')).toBe(!durable);
  });

  it('goes on when the store was away for longer than the lease, and a new message waits its turn', async () => {
    let time = Date.now();
    const store = memoryStore({ now: () => time });
    const goOn = gate();
    const chatkit = createChatKit({
      store, authenticate, logger: quiet,
      async *respond({ userText }) {
        yield `about ${userText}: `;
        if (userText === 'one') await goOn.opened;
        yield 'all of it';
      },
    });
    const response = await open(chatkit, 'threads.create', { input: input('one') });
    const text = response.text();
    const runId = response.headers.get('x-chatkit-run-id') ?? '';
    const threadId = (await store.runs.get(owner, { runId }))?.threadId ?? '';
    time += 60_000;
    expect((await call(chatkit, 'threads.add_user_message', { thread_id: threadId, input: input('two') })).status).toBe(409);
    goOn.open();
    expect(await text).toContain('all of it');
    expect((await store.history.query(owner, {}))?.data[0]?.outcome).toBe('completed');
  });
});

it('gives back the place at which a store waits when its reader goes between two pieces', async () => {
  const { store } = await otherNode();
  let returned = false;
  const follow: Store['runs']['follow'] = async function* (scope, query) {
    try {
      yield* store.runs.follow(scope, query);
    } finally {
      returned = true;
    }
  };
  const response = await node({ ...store, runs: { ...store.runs, follow } }).fetch(request('/runs/run_1/events', undefined, { method: 'GET' }));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await vi.waitFor(() => expect(returned).toBe(true));
});

it('finishes a dead run whose log lost its end with what there is', async () => {
  const { store, die } = await otherNode();
  die();
  // The run's record knows of an event that the log does not have.
  const recover: Store['runs']['recover'] = async (options) =>
    (await store.runs.recover(options)).map((recovered) => ({ ...recovered, run: { ...recovered.run, lastSeq: 2 } }));
  const append: Store['runs']['append'] = (lease, { events }) => store.runs.append(lease, { events: events.map((event) => ({ ...event, seq: 2 })) });
  vi.useFakeTimers();
  const finished = recoverRuns({ store: { ...store, runs: { ...store.runs, recover, append } }, leaseMs: 15_000, limit: 1 });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await finished).toBe(1);
  expect(await store.threads.getItem(owner, { threadId: 'thr_1', itemId: 'm' })).toEqual(message);
  expect(await store.runs.getActive(owner, { threadId: 'thr_1' })).toBeNull();
});
