import assert from 'node:assert/strict';
import type { RunRecord, Store } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { numbered, readRun } from '../reading.js';
import { startRun } from '../run-steps.js';
import { sampleRun } from '../samples.js';

const minute = 60_000;

async function pruneAll(store: Store, olderThanMs: number): Promise<void> {
  for (let pruned = 1; pruned > 0; ) pruned = await store.runs.prune({ olderThanMs, limit: 100 });
}

export const runPruningCases = contractGroup('run pruning', {
  'prune deletes runs that ended longer ago, with log and idempotency key': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope, { idempotencyKey: 'k' });
    await store.runs.append(run, { events: numbered(1, 3) });
    await store.runs.finish(run, { status: 'completed' });
    await advance(10 * minute);
    await pruneAll(store, 5 * minute);
    assert.equal(await store.runs.get(scope, run), null);
    assert.deepEqual(await readRun(store.runs, scope, run), []);
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'k' }))).outcome, 'started');
  },
  'prune keeps runs that ended lately, and those that run': async ({ store, owner, advance }) => {
    const scope = owner();
    const running = await startRun(store, scope, { leaseMs: minute });
    const late = await startRun(store, scope, { idempotencyKey: 'late' });
    await store.runs.append(late, { events: numbered(1, 2) });
    await advance(10 * minute);
    await store.runs.finish(late, { status: 'completed' });
    await advance(2 * minute);
    await pruneAll(store, 5 * minute);
    assert.equal((await store.runs.get(scope, running))?.status, 'running');
    assert.deepEqual(await readRun(store.runs, scope, late), numbered(1, 2));
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'late' }))).outcome, 'repeated');
  },
  'prune deletes no more than asked for and says how many': async ({ store, owner, advance }) => {
    await advance(60 * minute);
    await pruneAll(store, 30 * minute);
    const scope = owner();
    const ended: RunRecord[] = [];
    for (let count = 0; count < 5; count += 1) {
      const run = await startRun(store, scope);
      await store.runs.finish(run, { status: 'completed' });
      ended.push(run);
    }
    await advance(60 * minute);
    const left = async () => (await Promise.all(ended.map((run) => store.runs.get(scope, run)))).filter((run) => run !== null).length;
    assert.equal(await store.runs.prune({ olderThanMs: 30 * minute, limit: 2 }), 2);
    assert.equal(await left(), 3);
    assert.equal(await store.runs.prune({ olderThanMs: 30 * minute, limit: 10 }), 3);
    assert.equal(await left(), 0);
    assert.equal(await store.runs.prune({ olderThanMs: 30 * minute, limit: 10 }), 0);
  },
  'a pruned run frees nothing that a later one holds': async ({ store, owner, advance }) => {
    const scope = owner();
    const first = await startRun(store, scope);
    await store.runs.finish(first, { status: 'completed' });
    await advance(10 * minute);
    const second = await startRun(store, scope, { threadId: first.threadId });
    await pruneAll(store, 5 * minute);
    assert.equal((await store.runs.getActive(scope, first))?.runId, second.runId);
    assert.equal((await store.runs.start(scope, sampleRun({ threadId: first.threadId }))).outcome, 'busy');
  },
});
