// What a turn costs, by hand and by the engine: commands, and how many turns a second go through.
import { newId, type Store } from '@chatkit-selfhost/core';
import { openEngine } from './support/engine-turn.ts';
import { measure, milliseconds, quantile, report, SCOPE, withRedis } from './redis-setup.ts';

const CREATED = '2026-01-02T03:04:05.678Z';
const DELTA = '{"type":"thread.item.updated","item_id":"msg","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"word "}}';
const text = (words: number) => [{ type: 'output_text' as const, text: 'word '.repeat(words), annotations: [] }];

/** The calls of a turn, without the engine around them: touch, begin, four batches of events, final item, end. */
async function turn({ sessions, threads, runs }: Store, tokenHash: string): Promise<void> {
  if (!threads.beginTurn || !threads.endTurn) throw new Error('the store has fast paths');
  await sessions.touch({ tokenHash, idleMs: 600_000 });
  const [threadId, runId] = [newId('thread'), newId('run')];
  const item = { id: newId('message'), thread_id: threadId, created_at: CREATED, type: 'assistant_message' as const, content: text(20) };
  const begun = await threads.beginTurn(SCOPE, {
    run: { runId, threadId, leaseMs: 30_000, turn: { trigger: 'message' }, idempotencyKey: runId, maxPerOwner: 1000 },
    write: { threadId, create: { id: threadId, created_at: CREATED, status: { type: 'active' }, metadata: {} }, put: [item] },
    read: { limit: 20 },
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const lease = { runId, threadId, fence: begun.run.fence };
  for (let batch = 0; batch < 4; batch++) {
    await runs.append(lease, { events: Array.from({ length: 16 }, (_, index) => ({ seq: batch * 16 + index + 1, json: DELTA })) });
  }
  await threads.write(SCOPE, { threadId, fence: lease.fence, put: [{ ...item, id: newId('message'), content: text(200) }] });
  await threads.endTurn(SCOPE, {
    lease, end: { status: 'completed' }, write: { threadId, fence: lease.fence },
    record: {
      runId, ownerId: SCOPE.ownerId, threadId, sessionId: 'ses_bench', userId: 'Ada', userItemId: item.id, userMessage: 'word', agentResponse: 'word',
      responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(CREATED),
    },
  });
}

await withRedis(async ({ store, client }) => {
  const tokenHash = 'a'.repeat(64);
  await store.sessions.create({ id: newId('session'), tokenHash, ownerId: SCOPE.ownerId, label: 'Ada', idleMs: 600_000, absoluteMs: 6_000_000 });
  await measure(50, () => turn(store, tokenHash));

  const evaluations = async (): Promise<number> => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await client.info('commandstats'))?.[1] ?? 0);
  let before = await evaluations();
  await turn(store, tokenHash);
  report('round trips of a turn by hand beside its 4 batches of events', (await evaluations()) - before - 4, 4, '');

  const engine = await openEngine(store, SCOPE.ownerId);
  // The longest that the default model input gets: 50 items and the message.
  for (let count = 0; count < 30; count++) await engine.turn();
  before = await evaluations();
  const batches = engine.batches();
  await engine.turn();
  report('round trips of a turn of the engine beside its batches of events', (await evaluations()) - before - (engine.batches() - batches), 4, '');
  const whole = await measure(100, engine.turn);
  console.log(`     a turn of the engine, alone: median ${milliseconds(quantile(whole, 0.5))}, p95 ${milliseconds(quantile(whole, 0.95))}`);

  const bare = await measure(500, () => client.ping());
  const alone = await measure(300, () => turn(store, tokenHash));
  console.log(`     a bare PING: median ${milliseconds(quantile(bare, 0.5))}`);
  console.log(`     a turn of 8 calls, alone: median ${milliseconds(quantile(alone, 0.5))}, p95 ${milliseconds(quantile(alone, 0.95))}`);

  const end = performance.now() + 5000;
  let turns = 0;
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (performance.now() < end) {
      await turn(store, tokenHash);
      turns++;
    }
  }));
  console.log(`     20 at a time, one connection: ${(turns / 5).toFixed(0)} turns a second`);
});
