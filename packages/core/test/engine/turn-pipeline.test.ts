import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { TurnPipeline } from '../../src/engine/turn-pipeline.js';
import type { ThreadItem, ThreadStreamEvent } from '../../src/protocol/index.js';
import { ResponseParser } from '../../src/response/response-parser.js';
import { LocalRun } from '../../src/runs/local-run.js';
import type { Store } from '../../src/store/index.js';
import { delta, message, widget } from '../runs/client-state.js';

const scope = { ownerId: 'ada' };
const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' as const }, metadata: {} };
let run: LocalRun | null = null;
afterEach(() => run?.end());

async function start({ write, removeAfter, put = [] }: { write?: (store: Store) => Store['threads']['write']; removeAfter?: string; put?: ThreadItem[] } = {}): Promise<{
  pipeline: TurnPipeline; sent: () => ThreadStreamEvent[]; items: () => Promise<ThreadItem[]>; store: Store; run: LocalRun;
}> {
  const store = memoryStore();
  await store.threads.write(scope, { threadId: 'thr_1', create: thread, put });
  const begun = await store.runs.start(scope, { runId: 'run_1', threadId: 'thr_1', leaseMs: 60_000, turn: {} });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const local = (run = new LocalRun({ lease: begun.run, ownerId: 'ada', store: store.runs, leaseMs: 60_000, renewEveryMs: 60_000 }));
  const sent: ThreadStreamEvent[] = [];
  const push = local.push.bind(local);
  local.push = (json) => {
    sent.push(JSON.parse(json) as ThreadStreamEvent);
    push(json);
  };
  const pipeline = new TurnPipeline({
    run: local, scope, thread, threads: { ...store.threads, ...(write ? { write: write(store) } : {}) }, parser: new ResponseParser({ types: {} }),
    now: () => new Date('2026-01-01T00:00:10.000Z'), removeAfter, warn: () => undefined,
  });
  return { pipeline, sent: () => sent, store, run: local, items: async () => (await store.threads.listItems(scope, { threadId: 'thr_1', order: 'asc' }))?.data ?? [] };
}

const hidden = (id: string): ThreadItem => ({ type: 'hidden_context_item', id, thread_id: 'thr_1', created_at: thread.created_at, content: 'secret' });
const ids = (items: ThreadItem[]): string[] => items.map(({ id }) => id);

describe('TurnPipeline', () => {
  it('stores an item before it is sent', async () => {
    const order: string[] = [];
    const { pipeline, sent } = await start({ write: (store) => async (owner, change) => {
      order.push(`write ${String(sentCount())}`);
      return store.threads.write(owner, change);
    } });
    const sentCount = (): number => sent().length;
    await pipeline.emit({ type: 'thread.item.done', item: message('m', 'x') });
    expect(order).toEqual(['write 0']);
    expect(sent()).toHaveLength(1);
  });

  it('keeps the order of what is emitted at the same time', async () => {
    const { pipeline, sent, items } = await start();
    const all = [pipeline.emit({ type: 'thread.item.done', item: message('a', '1') }), pipeline.emit({ type: 'progress_update', text: 'p' }), pipeline.emit({ type: 'thread.item.done', item: message('b', '2') })];
    await Promise.all(all);
    expect(sent().map((event) => ('item' in event ? event.item.id : event.type))).toEqual(['a', 'progress_update', 'b']);
    expect(ids(await items())).toEqual(['a', 'b']);
  });

  it('sends what needs no store at once', async () => {
    const { pipeline, sent } = await start();
    void pipeline.emit({ type: 'thread.item.added', item: message('m') });
    void pipeline.emit(delta('m', 'x'));
    expect(sent()).toHaveLength(2);
    expect(pipeline.pending.get('m')).toEqual(message('m', 'x'));
  });

  it('serialises at once: what the responder changes afterwards is not seen', async () => {
    const { pipeline, sent } = await start();
    const item = message('m', 'x');
    await pipeline.emit({ type: 'thread.item.added', item });
    item.content = [];
    expect(sent()[0]).toMatchObject({ item: { content: [{ text: 'x' }] } });
  });

  it('stamps the thread and the time, and keeps the time of the announcement', async () => {
    const { pipeline, items } = await start();
    await pipeline.emit({ type: 'thread.item.done', item: { type: 'end_of_turn', id: 'e' } });
    await pipeline.emit({ type: 'thread.item.added', item: message('m') });
    await pipeline.emit({ type: 'thread.item.done', item: { type: 'assistant_message', id: 'm', content: [] } });
    expect(await items()).toMatchObject([{ thread_id: 'thr_1', created_at: '2026-01-01T00:00:10.000Z' }, { created_at: '2026-01-01T00:00:00.000Z' }]);
  });

  it('swallows hidden items in every event, and stores them', async () => {
    const { pipeline, sent, items } = await start({ put: [hidden('earlier')] });
    await pipeline.emit({ type: 'thread.item.added', item: hidden('h') });
    await pipeline.emit(delta('h', 'x'));
    await pipeline.emit({ type: 'thread.item.done', item: hidden('h') });
    await pipeline.emit({ type: 'thread.item.replaced', item: hidden('h') });
    expect(ids(await items())).toEqual(['earlier', 'h']);
    await pipeline.emit({ type: 'thread.item.removed', item_id: 'h' });
    await pipeline.emit({ type: 'thread.item.removed', item_id: 'earlier' });
    expect(await items()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  it('replaces and removes, its own items and earlier ones', async () => {
    const { pipeline, sent, items } = await start({ put: [widget('old', 'a'), message('gone', 'x')] });
    await pipeline.emit({ type: 'thread.item.replaced', item: widget('old', 'b') });
    await pipeline.emit({ type: 'thread.item.removed', item_id: 'gone' });
    expect(await items()).toEqual([widget('old', 'b')]);
    expect(sent().map(({ type }) => type)).toEqual(['thread.item.replaced', 'thread.item.removed']);
  });

  it('tells of a change of the thread after the next event, once, and of none that is none', async () => {
    const { pipeline, sent } = await start();
    await pipeline.updateThread({ title: 'New', metadata: { secret: 1 } });
    expect(sent()).toEqual([]);
    await pipeline.emit({ type: 'progress_update', text: 'p' });
    await pipeline.emit({ type: 'progress_update', text: 'q' });
    expect(sent().map(({ type }) => type)).toEqual(['progress_update', 'thread.updated', 'progress_update']);
    expect(JSON.stringify(sent())).not.toContain('secret');
    await pipeline.updateThread({ title: 'New' });
    pipeline.announceThread();
    expect(sent()).toHaveLength(3);
  });

  it('goes on after a failure, which whoever emitted hears of', async () => {
    let fails = true;
    const { pipeline, items } = await start({ write: (store) => async (owner, change) => {
      if (fails) throw new Error('away');
      return store.threads.write(owner, change);
    } });
    await expect(pipeline.emit({ type: 'thread.item.done', item: message('a', 'x') })).rejects.toThrow('away');
    fails = false;
    await pipeline.emit({ type: 'thread.item.done', item: message('b', 'x') });
    await pipeline.drain();
    expect(ids(await items())).toEqual(['b']);
  });

  it('refuses everything once it is closed, after what is under way', async () => {
    const { pipeline, items } = await start();
    const last = pipeline.emit({ type: 'thread.item.done', item: message('a', 'x') });
    await pipeline.close();
    await last;
    await expect(pipeline.emit({ type: 'progress_update', text: 'p' })).rejects.toThrow('has ended');
    await expect(pipeline.enqueue(() => undefined)).rejects.toThrow('has ended');
    expect(ids(await items())).toEqual(['a']);
  });

  it('stops the run when it was taken over', async () => {
    const { pipeline, store, run: local, sent } = await start();
    await store.threads.write(scope, { threadId: 'thr_1', fence: Number.MAX_SAFE_INTEGER });
    await expect(pipeline.emit({ type: 'thread.item.done', item: message('a', 'x') })).rejects.toThrow('no longer exists');
    expect(local.abortReason).toBe('lost');
    await expect(pipeline.emit({ type: 'thread.item.done', item: message('b', 'x') })).rejects.toThrow('taken over');
    expect(sent()).toEqual([]);
  });

  it('says so when the thread was deleted', async () => {
    const { pipeline, store, run: local } = await start();
    await store.threads.delete(scope, { threadId: 'thr_1' });
    await expect(pipeline.updateThread({ title: 'x' })).rejects.toMatchObject({ status: 404 });
    expect(local.abortReason).toBeNull();
  });

  it('removes the old answer of a retry with the first visible item, and keeps what it hid before', async () => {
    const { pipeline, items } = await start({ put: [message('question', 'q'), message('old', 'x')], removeAfter: 'question' });
    await pipeline.emit({ type: 'thread.item.done', item: hidden('h') });
    expect(ids(await items())).toEqual(['question', 'old', 'h']);
    await pipeline.emit({ type: 'thread.item.done', item: message('new', 'x') });
    expect(ids(await items())).toEqual(['question', 'h', 'new']);
    expect(pipeline.removal).toBeNull();
  });
});
