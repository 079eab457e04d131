import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresStore } from '../src/index.js';
import { databaseUrl } from './database-url.js';
import { sampleItem, sampleRun, sampleSession, sampleThread, sampleTurn } from './samples.js';
import { temporarySchema } from './temporary-schema.js';
import { wrapPool } from './wrap-pool.js';

async function openCountedStore() {
  const schema = temporarySchema();
  const statements: string[] = [];
  const pool = new pg.Pool({ connectionString: databaseUrl() });
  const store = postgresStore({ pool: wrapPool(pool, { onStatement: (text) => statements.push(text) }), schema: schema.name });
  onTestFinished(async () => {
    await store.threads.close?.();
    await pool.end();
    await schema.drop();
  });
  await store.threads.setup?.();
  const scope = { ownerId: 'ada' };

  async function cost(work: () => Promise<unknown>): Promise<number> {
    statements.length = 0;
    await work();
    return statements.length;
  }
  return { store, scope, cost };
}

describe('round trips', () => {
  it('a turn costs four beside its batches of events', async () => {
    const { store: { sessions, threads, runs }, scope, cost } = await openCountedStore();
    const session = sampleSession();
    await sessions.create(session);
    const thread = sampleThread();
    const run = sampleRun({ threadId: thread.id, idempotencyKey: 'once', maxPerOwner: 5 });
    const write = { threadId: thread.id, create: thread, put: [sampleItem(thread.id, 'Hello')] };
    const { beginTurn, endTurn } = threads;
    if (!beginTurn || !endTurn) throw new Error('the store has fast paths');

    expect(await cost(() => sessions.touch({ tokenHash: session.tokenHash, idleMs: 1_000 }))).toBe(1);
    let fence = 0;
    expect(await cost(async () => {
      const begun = await beginTurn(scope, { run, write, read: { limit: 20 } });
      fence = begun.outcome === 'started' ? begun.run.fence : 0;
    })).toBe(1);
    const lease = { runId: run.runId, threadId: thread.id, fence };
    expect(await cost(() => runs.append(lease, { events: [{ seq: 1, json: '{}' }], snapshot: { seq: 1, events: ['{}'] } }))).toBe(1);
    expect(await cost(() => threads.write(scope, { threadId: thread.id, fence, put: [sampleItem(thread.id, 'Hi')] }))).toBe(1);
    expect(await cost(async () => {
      const end = { lease, end: { status: 'completed' as const }, write: { threadId: thread.id, fence }, record: sampleTurn({ threadId: thread.id, runId: run.runId }) };
      expect(await endTurn(scope, end)).toBe('written');
    })).toBe(1);
  });

  it('reading a page, deleting after an item and all else that one request needs costs one', async () => {
    const { store: { sessions, threads, history, runs }, scope, cost } = await openCountedStore();
    const thread = sampleThread();
    const items = [sampleItem(thread.id, 'a'), sampleItem(thread.id, 'b'), sampleItem(thread.id, 'c')];
    await threads.write(scope, { threadId: thread.id, create: thread, put: items });
    const [first] = items;
    const run = sampleRun({ threadId: thread.id });

    const calls: Record<string, () => Promise<unknown>> = {
      listItems: () => threads.listItems(scope, { threadId: thread.id, after: items[1]?.id }),
      list: () => threads.list(scope, { after: thread.id }),
      getItem: () => threads.getItem(scope, { threadId: thread.id, itemId: 'absent' }),
      removeAfter: () => threads.write(scope, { threadId: thread.id, removeAfter: first?.id }),
      putAttachment: () => threads.putAttachment(scope, { id: 'atc_1', type: 'file', name: 'a', mime_type: 'text/plain' }),
      getAttachments: () => threads.getAttachments(scope, ['atc_1', 'atc_2']),
      start: () => runs.start(scope, run),
      getActive: () => runs.getActive(scope, { threadId: thread.id }),
      recover: () => runs.recover({ leaseMs: 1_000, limit: 10 }),
      addHistory: () => history.add(scope, sampleTurn({ userItemId: 'msg_1' })),
      queryHistory: () => history.query(scope, { sessionId: 'ses_1' }),
      createSession: () => sessions.create(sampleSession({ maxPerOwner: 3 })),
      deleteThread: () => threads.delete(scope, { threadId: thread.id }),
      deleteRuns: () => runs.deleteThread(scope, { threadId: thread.id }),
      check: async () => threads.check?.(),
    };
    const costs: Record<string, number> = {};
    for (const [name, call] of Object.entries(calls)) costs[name] = await cost(call);
    expect(costs).toEqual(Object.fromEntries(Object.keys(calls).map((name) => [name, 1])));
  });
});
