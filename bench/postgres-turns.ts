// What a turn costs, by hand and by the engine: round trips, and how many turns a second go through.
import type pg from 'pg';
import { newId, type Store } from '@chatkit-selfhost/core';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { openEngine } from './support/engine-turn.ts';
import { milliseconds, measure, quantile, report, SCHEMA, SCOPE, withPostgres } from './postgres-setup.ts';

const now = '2026-01-02T03:04:05.678Z';
const text = (words: number) => [{ type: 'output_text' as const, text: 'word '.repeat(words), annotations: [] }];

/** The calls of a turn, without the engine around them: touch, begin, four batches of events, final item, end. */
async function turn({ sessions, threads, runs }: Store, tokenHash: string, scope = SCOPE): Promise<void> {
  if (!threads.beginTurn || !threads.endTurn) throw new Error('the store has fast paths');
  await sessions.touch({ tokenHash, idleMs: 600_000 });
  const threadId = newId('thread');
  const runId = newId('run');
  const item = { id: newId('message'), thread_id: threadId, created_at: now, type: 'assistant_message' as const, content: text(20) };
  const begun = await threads.beginTurn(scope, {
    run: { runId, threadId, leaseMs: 30_000, turn: { trigger: 'message' }, idempotencyKey: runId, maxPerOwner: 1_000 },
    write: { threadId, create: { id: threadId, created_at: now, status: { type: 'active' }, metadata: {} }, put: [item] },
    read: { limit: 20 },
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const lease = { runId, threadId, fence: begun.run.fence };
  for (let batch = 0; batch < 4; batch++) {
    const events = Array.from({ length: 16 }, (_, index) => ({
      seq: batch * 16 + index + 1,
      json: `{"type":"thread.item.updated","item_id":"${item.id}","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"word "}}`,
    }));
    await runs.append(lease, { events });
  }
  await threads.write(scope, { threadId, fence: lease.fence, put: [{ ...item, id: newId('message'), content: text(200) }] });
  await threads.endTurn(scope, {
    lease, end: { status: 'completed' }, write: { threadId, fence: lease.fence },
    record: {
      runId, ownerId: scope.ownerId, threadId, sessionId: 'ses_bench', userId: 'Ada', userItemId: item.id, userMessage: 'word', agentResponse: 'word',
      responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(now),
    },
  });
}

await withPostgres(async ({ store, pool }) => {
  const tokenHash = 'a'.repeat(64);
  await store.sessions.create({ id: newId('session'), tokenHash, ownerId: SCOPE.ownerId, label: 'Ada', idleMs: 600_000, absoluteMs: 6_000_000 });

  let statements = 0;
  const counted = {
    connect: async () => {
      const client = await pool.connect();
      return new Proxy(client, {
        get: (target, name) => {
          if (name === 'query') statements++;
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
        },
      });
    },
    on: pool.on.bind(pool),
  } as unknown as pg.Pool;
  const counting = postgresStore({ pool: counted, schema: SCHEMA, migrate: 'off' });
  await turn(counting, tokenHash);
  report('round trips of a turn by hand beside its 4 batches of events', statements - 4, 4, '');

  const engine = await openEngine(counting, SCOPE.ownerId);
  // The longest that the default model input gets: 50 items and the message.
  for (let count = 0; count < 30; count++) await engine.turn();
  const before = { statements, batches: engine.batches() };
  await engine.turn();
  report('round trips of a turn of the engine beside its batches of events', statements - before.statements - (engine.batches() - before.batches), 4, '');
  await counting.threads.close?.();

  const whole = await openEngine(store, SCOPE.ownerId);
  const wholeTurns = await measure(100, whole.turn);
  console.log(`     a turn of the engine, alone: median ${milliseconds(quantile(wholeTurns, 0.5))}, p95 ${milliseconds(quantile(wholeTurns, 0.95))}`);
  const bare = await measure(500, () => pool.query('select 1'));
  await measure(50, () => turn(store, tokenHash));
  const alone = await measure(300, () => turn(store, tokenHash));
  console.log(`     a bare "select 1": median ${milliseconds(quantile(bare, 0.5))}`);
  console.log(`     a turn of 8 calls, alone: median ${milliseconds(quantile(alone, 0.5))}, p95 ${milliseconds(quantile(alone, 0.95))}`);

  for (const [name, scopeOf] of [['of one owner', () => SCOPE], ['of many owners', (client: number) => ({ ownerId: `owner_${String(client)}` })]] as const) {
    const end = performance.now() + 5_000;
    let turns = 0;
    await Promise.all(Array.from({ length: 20 }, async (_, client) => {
      while (performance.now() < end) {
        await turn(store, tokenHash, scopeOf(client));
        turns++;
      }
    }));
    console.log(`     20 at a time ${name}, 10 connections: ${(turns / 5).toFixed(0)} turns a second`);
  }
});
