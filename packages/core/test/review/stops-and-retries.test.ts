import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Turn } from '../../src/app-types.js';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { RunHub } from '../../src/runs/run-hub.js';
import { recoverRuns } from '../../src/runs/recover-runs.js';
import type { Store } from '../../src/store/index.js';
import { authenticate, call, gate, input, owner, quiet, request, threadOf } from './app.js';

afterEach(() => void vi.useRealTimers());

function app(respond: (turn: Turn) => unknown): { store: Store; chatkit: ReturnType<typeof createChatKit> } {
  const store = memoryStore();
  return { store, chatkit: createChatKit({ store, authenticate, logger: quiet, respond: respond as never }) };
}

describe('a retry that brings nothing', () => {
  it('leaves the old answer in history, as it does in the thread', async () => {
    const { store, chatkit } = app((turn) => {
      if (turn.trigger.type === 'retry') throw new Error('broken');
      return turn.sendText('Good.').then(() => undefined);
    });
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('q') })).events);
    const question = (await store.threads.listItems(owner, { threadId, order: 'asc' }))?.data[0];
    await call(chatkit, 'threads.retry_after_item', { thread_id: threadId, item_id: question?.id });
    expect((await store.threads.listItems(owner, { threadId, order: 'asc' }))?.data.at(-1)).toMatchObject({ content: [{ text: 'Good.' }] });
    expect((await store.history.query(owner, {}))?.data.map(({ agentResponse }) => agentResponse)).toEqual(['Good.']);
    expect((await store.history.query(owner, { includeSuperseded: true }))?.data.map(({ outcome }) => outcome)).toEqual(['error', 'completed']);
  });
});

describe('a stop', () => {
  it('keeps the text that was streamed into a widget', async () => {
    const shown = gate();
    const { store, chatkit } = app(async (turn) => {
      await turn.sendWidget((async function* () {
        yield { type: 'Card' as const, children: [{ type: 'Text' as const, id: 't', value: '', streaming: true }] };
        yield { type: 'Card' as const, children: [{ type: 'Text' as const, id: 't', value: 'Half of it', streaming: true }] };
        shown.open();
        await new Promise(() => undefined);
      })());
    });
    const controller = new AbortController();
    const response = await chatkit.fetch(request('/chatkit', { type: 'threads.create', params: { input: input('hi') } }, { signal: controller.signal }));
    await shown.opened;
    controller.abort();
    await vi.waitFor(async () => expect((await store.history.query(owner, {}))?.data).toHaveLength(1));
    const threadId = (await store.threads.list(owner, {}))?.data[0]?.id ?? '';
    const items = (await store.threads.listItems(owner, { threadId, order: 'asc' }))?.data ?? [];
    expect(JSON.stringify(items.filter(({ type }) => type === 'widget'))).toContain('Half of it');
    await response.text().catch(() => '');
  });

  it('is not what a plain repetition means that goes last, where the first request announced that it comes back', async () => {
    const [asked, goOn] = [gate(), gate()];
    let stopped: boolean | null = null;
    const { store, chatkit } = app(async function* ({ signal }: Turn) {
      asked.open();
      await goOn.opened;
      stopped = signal.aborted;
      yield 'All of it.';
    });
    const post = (headers: Record<string, string>, signal: AbortSignal): Promise<Response> =>
      chatkit.fetch(request('/chatkit', { type: 'threads.create', params: { input: input('hi') } }, { headers: { 'idempotency-key': 'k1', ...headers }, signal }));
    const [first, second] = [new AbortController(), new AbortController()];
    await post({ 'x-chatkit-capabilities': 'resume' }, first.signal);
    await asked.opened;
    await post({}, second.signal);
    first.abort();
    second.abort();
    goOn.open();
    await vi.waitFor(async () => expect((await store.history.query(owner, {}))?.data).toHaveLength(1));
    expect([stopped, (await store.history.query(owner, {}))?.data[0]?.outcome]).toEqual([false, 'completed']);
  });
});

it('a follower of a node that died hears of it soon after the lease has run out', async () => {
  vi.useFakeTimers();
  const store = memoryStore({ now: () => Date.now() });
  await store.threads.write(owner, { threadId: 'thr_1', create: { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' }, metadata: {} } });
  const begun = await store.runs.start(owner, { runId: 'run_1', threadId: 'thr_1', leaseMs: 15_000, turn: {} });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const hub = new RunHub({ store, leaseMs: 15_000, recover: async (runId) => (await recoverRuns({ store, leaseMs: 15_000, limit: 1, runId })) > 0 });
  let ended = false;
  const reading = (async () => {
    for await (const _batch of hub.follow(owner, { runId: 'run_1', after: 0, signal: new AbortController().signal })) {
      // To the end.
    }
    ended = true;
  })();
  await vi.advanceTimersByTimeAsync(1_000);
  await store.runs.renew(begun.run, { leaseMs: 15_000 });
  await vi.advanceTimersByTimeAsync(18_500);
  expect(ended).toBe(true);
  await reading;
});
