import assert from 'node:assert/strict';
import { newId, type OwnerScope, type Store, type TurnBegin, type TurnBegun, type TurnEnd } from '../../../store/index.js';
import { contractGroup, type ContractNeed } from '../contract-case.js';
import type { ContractContext } from '../contract-context.js';
import { readItems, readRun, numbered } from '../reading.js';
import { race, tally } from '../racing.js';
import { startRun, takeOver } from '../run-steps.js';
import { sampleItem, sampleRun, sampleThread, sampleTurn, textsOf, writeThread } from '../samples.js';

const minute = 60_000;

function beginTurn(store: Store, scope: OwnerScope, turn: TurnBegin): Promise<TurnBegun> {
  return store.threads.beginTurn?.(scope, turn) ?? assert.fail('the store has no beginTurn');
}

function endTurn(store: Store, scope: OwnerScope, turn: TurnEnd): Promise<'written' | 'not_found' | 'stale_run'> {
  return store.threads.endTurn?.(scope, turn) ?? assert.fail('the store has no endTurn');
}

/** A turn that makes its thread and writes one user message. */
function newThreadTurn(fields: Partial<TurnBegin['run']> = {}): TurnBegin {
  const thread = sampleThread();
  const run = sampleRun({ threadId: thread.id, ...fields });
  return { run, write: { threadId: thread.id, create: thread, put: [sampleItem(thread.id, 'question')] }, read: {} };
}

function turnOn(threadId: string, fields: Partial<TurnBegin['run']> = {}): TurnBegin {
  return { run: sampleRun({ threadId, ...fields }), write: { threadId, onlyIfActive: true, put: [sampleItem(threadId, 'question')] }, read: {} };
}

const fast = (run: (context: ContractContext) => Promise<void>) => ({ needs: ['fastPaths'] satisfies ContractNeed[], run });

export const turnCases = contractGroup('turns', {
  'beginTurn makes the thread, takes it, writes and reads': fast(async ({ store, owner }) => {
    const scope = owner();
    const turn = newThreadTurn();
    const begun = await beginTurn(store, scope, turn);
    assert.ok(begun.outcome === 'started', begun.outcome);
    assert.deepEqual(begun.thread, turn.write.create);
    assert.deepEqual(begun.items, { data: turn.write.put, has_more: false });
    assert.deepEqual(await store.runs.getActive(scope, turn.run), begun.run);
    assert.deepEqual(await readItems(store, scope, turn.run.threadId), turn.write.put);
  }),
  'beginTurn reads the page that was asked for': fast(async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 5);
    const begun = await beginTurn(store, scope, { ...turnOn(threadId), read: { limit: 3 } });
    assert.ok(begun.outcome === 'started', begun.outcome);
    assert.deepEqual([textsOf(begun.items.data), begun.items.has_more, begun.items.after], [['question', '4', '3'], true, begun.items.data[2]?.id]);
    await store.runs.finish(begun.run, { status: 'completed' });
    const upwards = await beginTurn(store, scope, { ...turnOn(threadId), read: { order: 'asc', limit: 2 } });
    assert.deepEqual(upwards.outcome === 'started' ? textsOf(upwards.items.data) : upwards, ['0', '1']);
  }),
  'the first write of a turn carries its fence': fast(async ({ store, owner }) => {
    const scope = owner();
    const begun = await beginTurn(store, scope, newThreadTurn());
    assert.ok(begun.outcome === 'started', begun.outcome);
    const { threadId, fence } = begun.run;
    assert.equal(await store.threads.write(scope, { threadId, fence: fence - 1 }), 'stale_run');
    assert.equal(await store.threads.write(scope, { threadId, fence }), 'written');
  }),
  'a busy thread is told, and nothing is written': fast(async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 1);
    const run = await startRun(store, scope, { threadId });
    assert.deepEqual(await beginTurn(store, scope, turnOn(threadId)), { outcome: 'busy', run });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
  }),
  'a repeated key is told, and nothing is written': fast(async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 1);
    const run = await startRun(store, scope, { threadId, idempotencyKey: 'k' });
    assert.deepEqual(await beginTurn(store, scope, turnOn(threadId, { idempotencyKey: 'k' })), { outcome: 'repeated', run });
    const elsewhere = newThreadTurn({ idempotencyKey: 'k' });
    assert.deepEqual(await beginTurn(store, scope, elsewhere), { outcome: 'repeated', run });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
    assert.equal(await store.threads.get(scope, elsewhere.run), null);
  }),
  'too many runs are told, and nothing is written': fast(async ({ store, owner }) => {
    const scope = owner();
    await startRun(store, scope);
    const turn = newThreadTurn({ maxPerOwner: 1 });
    assert.deepEqual(await beginTurn(store, scope, turn), { outcome: 'too_many' });
    assert.equal(await store.threads.get(scope, turn.run), null);
  }),
  'a refused write leaves no run behind': fast(async ({ store, owner }) => {
    const scope = owner();
    const locked = sampleThread({ status: { type: 'locked' } });
    await store.threads.write(scope, { threadId: locked.id, create: locked });
    const threadId = await writeThread(store, scope);
    const unknown = newThreadTurn({ idempotencyKey: 'k' });
    const turns: [TurnBegin, string][] = [
      [turnOn(locked.id, { idempotencyKey: 'k' }), 'not_active'],
      [{ ...unknown, write: { ...unknown.write, create: undefined } }, 'not_found'],
      [{ ...unknown, write: { ...unknown.write, attach: [newId('attachment')] } }, 'not_found'],
      [{ ...turnOn(threadId, { idempotencyKey: 'k' }), write: { threadId, removeAfter: newId('message') } }, 'not_found'],
    ];
    for (const [turn, outcome] of turns) {
      assert.deepEqual(await beginTurn(store, scope, turn), { outcome });
      assert.equal(await store.runs.get(scope, turn.run), null);
      assert.equal(await store.runs.getActive(scope, turn.run), null);
    }
    assert.equal(await store.threads.get(scope, unknown.run), null);
    assert.equal((await beginTurn(store, scope, turnOn(threadId, { idempotencyKey: 'k' }))).outcome, 'started');
  }),
  "another owner's thread is not_found, and leaves no run behind": fast(async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const threadId = await writeThread(store, scope, 1);
    const turn = turnOn(threadId);
    assert.deepEqual(await beginTurn(store, foreign, turn), { outcome: 'not_found' });
    assert.equal(await store.runs.get(foreign, turn.run), null);
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
    assert.equal((await beginTurn(store, scope, turnOn(threadId))).outcome, 'started');
  }),
  'of many turns on one thread exactly one begins': fast(async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    const begun = await race(context, 20, (store) => beginTurn(store, scope, turnOn(threadId)));
    assert.deepEqual(tally(begun.map(({ outcome }) => outcome)), { started: 1, busy: 19 });
    assert.deepEqual(textsOf(await readItems(context.store, scope, threadId)), ['question']);
  }),
  'of many turns with one key exactly one begins, and one thread is made': fast(async (context) => {
    const scope = context.owner();
    const begun = await race(context, 20, (store) => beginTurn(store, scope, newThreadTurn({ idempotencyKey: 'k' })));
    assert.deepEqual(tally(begun.map(({ outcome }) => outcome)), { started: 1, repeated: 19 });
    assert.equal(new Set(begun.map((turn) => 'run' in turn && turn.run.runId)).size, 1);
    assert.equal((await context.store.threads.list(scope, {}))?.data.length, 1);
  }),
  'endTurn writes the items and the record and ends the run': fast(async ({ store, owner }) => {
    const scope = owner();
    const turn = newThreadTurn();
    const begun = await beginTurn(store, scope, turn);
    assert.ok(begun.outcome === 'started', begun.outcome);
    const { threadId, runId, fence } = begun.run;
    await store.runs.append(begun.run, { events: numbered(1, 2) });
    const follower = readRun(store.runs, scope, begun.run);
    const record = sampleTurn(scope, { runId, threadId });
    const write = { threadId, fence, put: [sampleItem(threadId, 'answer')], update: { title: 'Titled' } };
    assert.equal(await endTurn(store, scope, { lease: begun.run, end: { status: 'cancelled' }, write, record }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['question', 'answer']);
    assert.equal((await store.threads.get(scope, { threadId }))?.title, 'Titled');
    assert.deepEqual((await store.history.query(scope, {}))?.data, [record]);
    assert.equal((await store.runs.get(scope, { runId }))?.status, 'cancelled');
    assert.equal(await store.runs.getActive(scope, { threadId }), null);
    assert.deepEqual(await follower, numbered(1, 2));
  }),
  'endTurn of a lost lease is stale and leaves no part of itself': fast(async ({ store, owner, advance }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 1);
    const lost = await startRun(store, scope, { threadId, leaseMs: minute });
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    const write = { threadId, fence: lost.fence, put: [sampleItem(threadId, 'late')] };
    const record = sampleTurn(scope, { runId: lost.runId, threadId });
    assert.equal(await endTurn(store, scope, { lease: lost, end: { status: 'completed' }, write, record }), 'stale_run');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
    assert.deepEqual((await store.history.query(scope, {}))?.data, []);
    assert.deepEqual(await store.runs.getActive(scope, { threadId }), run);
  }),
  'endTurn behind the fence of the thread is stale and leaves no part of itself': fast(async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 1);
    const run = await startRun(store, scope, { threadId });
    await store.threads.write(scope, { threadId, fence: run.fence + 1 });
    const write = { threadId, fence: run.fence, put: [sampleItem(threadId, 'late')] };
    const record = sampleTurn(scope, { runId: run.runId, threadId });
    assert.equal(await endTurn(store, scope, { lease: run, end: { status: 'completed' }, write, record }), 'stale_run');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
    assert.deepEqual((await store.history.query(scope, {}))?.data, []);
    assert.deepEqual(await store.runs.getActive(scope, { threadId }), run);
  }),
  'endTurn on a deleted thread still records the turn and ends the run': fast(async ({ store, owner }) => {
    const scope = owner();
    const begun = await beginTurn(store, scope, newThreadTurn());
    assert.ok(begun.outcome === 'started', begun.outcome);
    const { threadId, runId, fence } = begun.run;
    await store.threads.delete(scope, { threadId });
    const record = sampleTurn(scope, { runId, threadId });
    const write = { threadId, fence, put: [sampleItem(threadId, 'answer')] };
    assert.equal(await endTurn(store, scope, { lease: begun.run, end: { status: 'completed' }, write, record }), 'not_found');
    assert.deepEqual((await store.history.query(scope, {}))?.data, [record]);
    assert.equal((await store.runs.get(scope, { runId }))?.status, 'completed');
    assert.equal(await store.threads.get(scope, { threadId }), null);
  }),
  'the record of a retried message supersedes the earlier one': fast(async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const userItemId = newId('message');
    for (const userMessage of ['first', 'second']) {
      const run = await startRun(store, scope, { threadId });
      const record = sampleTurn(scope, { runId: run.runId, threadId, userItemId, userMessage });
      await endTurn(store, scope, { lease: run, end: { status: 'completed' }, write: { threadId, fence: run.fence }, record });
    }
    assert.deepEqual((await store.history.query(scope, {}))?.data.map((record) => record.userMessage), ['second']);
    assert.equal((await store.history.query(scope, { includeSuperseded: true }))?.data.length, 2);
  }),
});
