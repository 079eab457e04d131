import { expect, it } from 'vitest';
import { memoryStore } from '../src/index.js';

const scope = { ownerId: 'ada' };

it('forgets the oldest finished runs when their logs grow too large together', async () => {
  const store = memoryStore();
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 40; count += 1) {
    const started = await store.runs.start(scope, { runId: `run ${count}`, threadId: 'thread', leaseMs: 60_000, idempotencyKey: `key ${count}`, turn: null });
    if (started.outcome !== 'started') throw new Error(started.outcome);
    await store.runs.append(started.run, { events: [{ seq: 1, json: megabyte }] });
    await store.runs.finish(started.run, { status: 'completed' });
  }
  expect(await store.runs.get(scope, { runId: 'run 0' })).toBe(null);
  expect(await store.runs.get(scope, { runId: 'run 7' })).toBe(null);
  expect((await store.runs.get(scope, { runId: 'run 39' }))?.lastSeq).toBe(1);
  expect((await store.runs.get(scope, { runId: 'run 20' }))?.lastSeq).toBe(1);
});

it('never forgets a running run, however large its log', async () => {
  const store = memoryStore();
  const started = await store.runs.start(scope, { runId: 'large', threadId: 'thread', leaseMs: 60_000, turn: null });
  if (started.outcome !== 'started') throw new Error(started.outcome);
  const events = Array.from({ length: 40 }, (_, index) => ({ seq: index + 1, json: 'x'.repeat(1024 * 1024) }));
  await store.runs.append(started.run, { events });
  expect((await store.runs.get(scope, { runId: 'large' }))?.lastSeq).toBe(40);
  await store.runs.finish(started.run, { status: 'completed' });
  expect((await store.runs.get(scope, { runId: 'large' }))?.status).toBe('completed');
});

it('prunes ended sessions at the cost of those alone, beside many live ones', async () => {
  let reads = 0;
  let time = 0;
  const store = memoryStore({ now: () => ((reads += 1), time) });
  const session = (index: number, idleMs: number) => ({ id: `s${index}`, tokenHash: `h${index}`, ownerId: 'ada', label: '', idleMs, absoluteMs: 1e9 });
  for (let index = 0; index < 20_000; index += 1) await store.sessions.create(session(index, index % 1_000 === 0 ? 10 : 1e6));
  time = 100;
  reads = 0;
  expect(await store.sessions.prune({ limit: 1_000 })).toBe(20);
  expect(reads).toBe(1);
});

it('refuses events that leave a gap in the numbers', async () => {
  const store = memoryStore();
  const started = await store.runs.start(scope, { runId: 'run', threadId: 'thread', leaseMs: 60_000, turn: null });
  if (started.outcome !== 'started') throw new Error(started.outcome);
  await expect(store.runs.append(started.run, { events: [{ seq: 2, json: '{}' }] })).rejects.toThrow('gap');
  expect((await store.runs.get(scope, { runId: 'run' }))?.lastSeq).toBe(0);
});
