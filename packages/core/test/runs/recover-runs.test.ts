import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { recoverRuns } from '../../src/runs/recover-runs.js';
import type { Lease, Store, TurnRecord } from '../../src/store/index.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import { delta, message } from './client-state.js';

const scope = { ownerId: 'ada' };
const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' as const }, metadata: {} };
const turn = { sessionId: 'ses_1', userId: 'Ada', userItemId: 'msg_user', userMessage: 'Tell me all', createdAt: '2026-01-01T00:00:00.000Z' };

interface DeadRun {
  store: Store;
  lease: Lease;
  /** Of the thread, oldest first. */
  items: () => Promise<unknown[]>;
}

/** A run that streamed these events and whose node then died: its lease has expired. */
async function deadRun(events: ThreadStreamEvent[], given: { turn?: unknown; owner?: string } = {}): Promise<DeadRun> {
  let time = Date.parse('2026-01-01T00:00:00.000Z');
  const store = memoryStore({ now: () => time });
  await store.threads.write(scope, { threadId: 'thr_1', create: thread });
  const begun = await store.runs.start(scope, { runId: 'run_1', threadId: 'thr_1', leaseMs: 1_000, turn: given.turn ?? turn });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  await store.runs.append(begun.run, { events: events.map((event, index) => ({ seq: index + 1, json: JSON.stringify(event) })) });
  time += 1_001;
  return { store, lease: begun.run, items: async () => (await store.threads.listItems(scope, { threadId: 'thr_1', order: 'asc' }))?.data ?? [] };
}

const half: ThreadStreamEvent[] = [{ type: 'thread.item.added', item: message('m') }, delta('m', 'Half of '), delta('m', 'it')];

async function followed(store: Store): Promise<ThreadStreamEvent[]> {
  const events: ThreadStreamEvent[] = [];
  for await (const { json } of store.runs.follow(scope, { runId: 'run_1', after: 0, signal: new AbortController().signal })) events.push(JSON.parse(json) as ThreadStreamEvent);
  return events;
}

describe('recoverRuns', () => {
  it('stores the text that was shown, and frees the thread', async () => {
    const { store, items } = await deadRun(half);
    expect(await recoverRuns({ store, leaseMs: 1_000, limit: 10 })).toBe(1);
    expect(await items()).toEqual([message('m', 'Half of it')]);
    expect(await store.runs.getActive(scope, { threadId: 'thr_1' })).toBeNull();
    expect(await store.runs.get(scope, { runId: 'run_1' })).toMatchObject({ status: 'interrupted' });
  });

  it('tells history, and whoever asked, that the turn was interrupted', async () => {
    const { store } = await deadRun(half);
    const told: TurnRecord[] = [];
    await recoverRuns({ store, leaseMs: 1_000, limit: 10, onRecovered: (record) => void told.push(record) });
    const expected: TurnRecord = {
      runId: 'run_1', ownerId: 'ada', threadId: 'thr_1', sessionId: 'ses_1', userId: 'Ada', userItemId: 'msg_user', userMessage: 'Tell me all',
      agentResponse: 'Half of it', responseType: 'error', structuredData: null, outcome: 'interrupted', createdAt: new Date('2026-01-01T00:00:00.000Z'),
    };
    expect((await store.history.query(scope, {}))?.data).toEqual([expected]);
    expect(told).toEqual([expected]);
  });

  it('tells followers of an error that may be tried again, and ends', async () => {
    const { store } = await deadRun(half);
    const following = followed(store);
    await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
    expect((await following).at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
  });

  it('keeps finished messages as they are, and stores none that is blank', async () => {
    const { store, items } = await deadRun([
      { type: 'thread.item.done', item: message('done', 'Whole.') }, { type: 'thread.item.added', item: message('blank') }, delta('blank', '  '),
    ]);
    await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
    expect(await items()).toEqual([]);
    expect((await store.history.query(scope, {}))?.data[0]?.agentResponse).toBe('Whole.');
  });

  it('does not overwrite a message that was stored whole just before the node died', async () => {
    const { store, items } = await deadRun(half);
    await store.threads.write(scope, { threadId: 'thr_1', put: [message('m', 'Half of it, and the rest.')] });
    await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
    expect(await items()).toEqual([message('m', 'Half of it, and the rest.')]);
    expect((await store.history.query(scope, {}))?.data[0]?.agentResponse).toBe('Half of it, and the rest.');
  });

  it('shuts the old holder out before it reads what to store', async () => {
    const { store, lease, items } = await deadRun(half);
    let late: unknown = null;
    const spied: Store = { ...store, runs: { ...store.runs, follow: (owner, query) => {
      late = store.threads.write(owner, { threadId: 'thr_1', fence: lease.fence, put: [message('late', 'x')] });
      return store.runs.follow(owner, query);
    } } };
    await recoverRuns({ store: spied, leaseMs: 1_000, limit: 10 });
    expect(await late).toBe('stale_run');
    expect(await items()).toEqual([message('m', 'Half of it')]);
    expect(await store.runs.append(lease, { events: [] })).toBe('stale_run');
  });

  it('finishes the books of a run whose thread is gone', async () => {
    const { store } = await deadRun(half);
    await store.threads.delete(scope, { threadId: 'thr_1' });
    expect(await recoverRuns({ store, leaseMs: 1_000, limit: 10 })).toBe(1);
    expect(await store.runs.get(scope, { runId: 'run_1' })).toMatchObject({ status: 'interrupted' });
    expect((await store.history.query(scope, {}))?.data).toHaveLength(1);
  });

  it('leaves all to another node that took the thread over first', async () => {
    const { store, items } = await deadRun(half);
    await store.threads.write(scope, { threadId: 'thr_1', fence: Number.MAX_SAFE_INTEGER });
    const told: TurnRecord[] = [];
    await recoverRuns({ store, leaseMs: 1_000, limit: 10, onRecovered: (record) => void told.push(record) });
    expect(await items()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('recovers each run once, however many nodes try', async () => {
    const { store, items } = await deadRun(half);
    const counts = await Promise.all([1, 2, 3].map(() => recoverRuns({ store, leaseMs: 1_000, limit: 10 })));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await items()).toHaveLength(1);
  });

  it('recovers only the run that it is asked for', async () => {
    const { store } = await deadRun(half);
    expect(await recoverRuns({ store, leaseMs: 1_000, limit: 1, runId: 'run_other' })).toBe(0);
    expect(await recoverRuns({ store, leaseMs: 1_000, limit: 1, runId: 'run_1' })).toBe(1);
  });

  it('manages without events, and without what the run was started with', async () => {
    const { store } = await deadRun([], { turn: 'unknown to this version' });
    await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
    expect((await store.history.query(scope, {}))?.data[0]).toMatchObject({ sessionId: null, userMessage: '', agentResponse: '', outcome: 'interrupted' });
    expect(await followed(store)).toEqual([{ type: 'error', code: 'stream.error', allow_retry: true }]);
  });

  it('ends a run as its history record says, when all but its end was written', async () => {
    const { store } = await deadRun(half);
    const record: TurnRecord = {
      runId: 'run_1', ownerId: 'ada', threadId: 'thr_1', sessionId: null, userId: null, userItemId: null, userMessage: 'Tell me all', agentResponse: 'All of it',
      responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date('2026-01-01T00:00:00.000Z'),
    };
    await store.history.add(scope, record);
    const told: TurnRecord[] = [];
    await recoverRuns({ store, leaseMs: 1_000, limit: 10, onRecovered: (known) => void told.push(known) });
    expect(await store.runs.get(scope, { runId: 'run_1' })).toMatchObject({ status: 'completed' });
    expect((await followed(store)).map(({ type }) => type)).not.toContain('error');
    expect(told).toEqual([record]);
  });

  it('stores what was shown of a widget and a workflow, at rest', async () => {
    const widget = { type: 'widget' as const, id: 'w', thread_id: 'thr_1', created_at: thread.created_at, widget: { type: 'Card' as const, children: [{ type: 'Text' as const, id: 't', value: 'Half', streaming: true }] } };
    const task = { type: 'custom' as const, title: 'Looking', status_indicator: 'loading' as const };
    const workflow = { type: 'workflow' as const, id: 'f', thread_id: 'thr_1', created_at: thread.created_at, workflow: { type: 'custom' as const, tasks: [task], expanded: false } };
    const { store, items } = await deadRun([{ type: 'thread.item.added', item: widget }, { type: 'thread.item.added', item: workflow }]);
    await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
    expect(await items()).toEqual([widget, { ...workflow, workflow: { ...workflow.workflow, tasks: [{ ...task, status_indicator: 'none' }] } }]);
  });

  it.each([['takes the earlier answer away when it showed something', half, ['Half of it']], ['leaves the earlier answer when it showed nothing', [], ['Good.']]])(
    'a retry %s, in the thread and in history alike', async (_what, events, answers) => {
      const { store, items } = await deadRun(events, { turn: { ...turn, removeAfter: 'msg_user' } });
      const question = { ...message('msg_user'), type: 'user_message' as const, content: [{ type: 'input_text' as const, text: 'Tell me all' }], attachments: [], inference_options: {} };
      await store.threads.write(scope, { threadId: 'thr_1', put: [question, message('good', 'Good.')] });
      await store.history.add(scope, {
        runId: 'run_0', ownerId: 'ada', threadId: 'thr_1', sessionId: null, userId: null, userItemId: 'msg_user', userMessage: 'Tell me all', agentResponse: 'Good.',
        responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date('2026-01-01T00:00:00.000Z'),
      });
      await recoverRuns({ store, leaseMs: 1_000, limit: 10 });
      expect((await items()).slice(1)).toMatchObject(answers.map((text) => ({ content: [{ text }] })));
      expect((await store.history.query(scope, {}))?.data.map((record) => record.agentResponse)).toEqual(answers);
    },
  );
});
