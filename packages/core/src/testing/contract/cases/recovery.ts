import assert from 'node:assert/strict';
import { newId, type RunRecord, type Store } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { eventually, numbered, readRun } from '../reading.js';
import { race } from '../racing.js';
import { startRun, takeOver } from '../run-steps.js';
import { sampleRun } from '../samples.js';
import { underWay } from '../under-way.js';

const minute = 60_000;

/** Takes over and ends whatever other cases left behind. */
async function clearExpired(store: Store): Promise<void> {
  for (let found = 1; found > 0; ) {
    const recovered = await store.runs.recover({ leaseMs: minute, limit: 100 });
    for (const { run } of recovered) await store.runs.finish(run, { status: 'interrupted' });
    found = recovered.length;
  }
}

export const recoveryCases = contractGroup('recovery', {
  'a run whose lease has expired goes to the caller with a higher fence': async ({ store, owner, advance }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute });
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    assert.ok(run.fence > lost.fence);
    assert.deepEqual({ ...run, fence: lost.fence }, lost);
    assert.deepEqual(await store.runs.get(scope, run), run);
  },
  'it comes with the scope and the turn that start was given': async ({ store, owner, advance }) => {
    const scope = { ...owner(), tenant: 't1', roles: ['a'] };
    const turn = { trigger: 'message', nested: [{ text: 'ä😀' }, null, 1.5] };
    const lost = await startRun(store, scope, { leaseMs: minute, turn });
    await advance(2 * minute);
    const recovered = await takeOver(store, lost.runId);
    assert.deepEqual(recovered.scope, scope);
    assert.deepEqual(recovered.turn, turn);
  },
  'a run whose lease holds, or that has ended, is not recovered': async ({ store, owner, advance }) => {
    const scope = owner();
    const [holding, ended] = [await startRun(store, scope, { leaseMs: 10 * minute }), await startRun(store, scope, { leaseMs: minute })];
    await store.runs.finish(ended, { status: 'completed' });
    await advance(2 * minute);
    for (const { runId } of [holding, ended]) assert.deepEqual(await store.runs.recover({ runId, leaseMs: minute, limit: 10 }), []);
    const any = await store.runs.recover({ leaseMs: minute, limit: 1_000 });
    assert.deepEqual(any.filter(({ run }) => run.ownerId === scope.ownerId), []);
  },
  'an unknown run is not recovered': async ({ store }) => {
    assert.deepEqual(await store.runs.recover({ runId: newId('run'), leaseMs: minute, limit: 1 }), []);
  },
  'by id, no other run is touched': async ({ store, owner, advance }) => {
    const scope = owner();
    const [wanted, beside] = [await startRun(store, scope, { leaseMs: minute }), await startRun(store, scope, { leaseMs: minute })];
    await advance(2 * minute);
    const recovered = await store.runs.recover({ runId: wanted.runId, leaseMs: minute, limit: 10 });
    assert.deepEqual(recovered.map(({ run }) => run.runId), [wanted.runId]);
    assert.deepEqual(await store.runs.get(scope, beside), { ...beside, leaseExpired: true });
  },
  'recover takes no more than asked for, and all in the end': async ({ store, owner, advance }) => {
    await clearExpired(store);
    const scope = owner();
    const lost: RunRecord[] = [];
    for (let count = 0; count < 5; count += 1) lost.push(await startRun(store, scope, { leaseMs: minute }));
    await advance(2 * minute);
    const first = await store.runs.recover({ leaseMs: 60 * minute, limit: 2 });
    assert.equal(first.length, 2);
    const rest = await store.runs.recover({ leaseMs: 60 * minute, limit: 100 });
    const taken = [...first, ...rest].map(({ run }) => run.runId).filter((id) => lost.some((run) => run.runId === id));
    assert.deepEqual(taken.toSorted(), lost.map((run) => run.runId).toSorted());
    assert.deepEqual((await store.runs.recover({ leaseMs: minute, limit: 100 })).filter(({ run }) => run.ownerId === scope.ownerId), []);
  },
  'the lost lease can do nothing any more': async ({ store, owner, advance }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute });
    await store.runs.append(lost, { events: numbered(1, 2) });
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    assert.equal(await store.runs.append(lost, { events: numbered(3, 3), snapshot: { seq: 2, events: ['"stale"'] } }), 'stale_run');
    assert.equal(await store.runs.renew(lost, { leaseMs: minute }), 'stale_run');
    assert.equal(await store.runs.finish(lost, { status: 'completed' }), false);
    assert.equal(await store.runs.discard(lost), false);
    assert.deepEqual(await store.runs.get(scope, run), run);
    await store.runs.finish(run, { status: 'interrupted' });
    assert.deepEqual(await readRun(store.runs, scope, run), numbered(1, 2));
  },
  'the lost lease can not finish a run that was finished by who took it over': async ({ store, owner, advance }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute });
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    await store.runs.finish(run, { status: 'interrupted' });
    assert.equal(await store.runs.finish(lost, { status: 'completed' }), false);
    assert.equal((await store.runs.get(scope, run))?.status, 'interrupted');
  },
  'who took it over goes on with the log and frees the thread': async ({ store, owner, advance, other }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute });
    await store.runs.append(lost, { events: numbered(1, 3) });
    await advance(2 * minute);
    const node = await other();
    const { run } = await takeOver(node, lost.runId);
    assert.equal(run.lastSeq, 3);
    assert.equal((await store.runs.start(scope, sampleRun({ threadId: lost.threadId }))).outcome, 'busy');
    assert.equal(await node.runs.append(run, { events: numbered(4, 4) }), 'written');
    assert.equal(await node.runs.finish(run, { status: 'interrupted' }), true);
    assert.deepEqual(await readRun(store.runs, scope, run), numbered(1, 4));
    assert.equal((await store.runs.start(scope, sampleRun({ threadId: lost.threadId }))).outcome, 'started');
  },
  'a follower goes on over a take-over and ends with the run': async ({ store, owner, advance, other }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute });
    const seen: (number | null)[] = [];
    const follower = underWay((async () => {
      for await (const event of store.runs.follow(scope, { runId: lost.runId, after: 0, signal: AbortSignal.timeout(20_000) })) seen.push(event.seq);
    })());
    await store.runs.append(lost, { events: numbered(1, 2) });
    await eventually(async () => seen.length === 2, 'two events arrive');
    await advance(2 * minute);
    const node = await other();
    const { run } = await takeOver(node, lost.runId);
    await node.runs.append(run, { events: numbered(3, 3) });
    await node.runs.finish(run, { status: 'interrupted' });
    await follower;
    assert.deepEqual(seen, [1, 2, 3]);
  },
  'a run taken over can be lost and taken over again': async ({ store, owner, advance }) => {
    const first = await startRun(store, owner(), { leaseMs: minute });
    await advance(2 * minute);
    const second = await takeOver(store, first.runId, 5 * minute);
    await advance(3 * minute);
    assert.deepEqual(await store.runs.recover({ runId: first.runId, leaseMs: minute, limit: 1 }), [], 'the new lease holds');
    await advance(3 * minute);
    const third = await takeOver(store, first.runId);
    assert.ok(third.run.fence > second.run.fence);
    assert.equal(await store.runs.append(second.run, { events: numbered(1, 1) }), 'stale_run');
  },
  'a take-over keeps the idempotency key and the wish to cancel': async ({ store, owner, advance }) => {
    const scope = owner();
    const lost = await startRun(store, scope, { leaseMs: minute, idempotencyKey: 'k' });
    await store.runs.requestCancel(scope, lost);
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    assert.equal(run.cancelRequested, true);
    assert.equal(await store.runs.renew(run, { leaseMs: minute }), 'cancel_requested');
    assert.deepEqual(await store.runs.start(scope, sampleRun({ idempotencyKey: 'k' })), { outcome: 'repeated', run });
  },
  'each of many lost runs goes to exactly one of many callers': async (context) => {
    const { store, owner, advance } = context;
    await clearExpired(store);
    const scope = owner();
    const lost: RunRecord[] = [];
    for (let count = 0; count < 20; count += 1) lost.push(await startRun(store, scope, { leaseMs: minute }));
    await advance(2 * minute);
    const raced = await race(context, 20, ({ runs }) => runs.recover({ leaseMs: 60 * minute, limit: 3 }));
    const rest = await store.runs.recover({ leaseMs: 60 * minute, limit: 100 });
    const taken = [...raced.flat(), ...rest].filter(({ run }) => run.ownerId === scope.ownerId);
    assert.deepEqual(taken.map(({ run }) => run.runId).toSorted(), lost.map((run) => run.runId).toSorted());
    for (const { run } of taken) assert.deepEqual(await store.runs.get(scope, run), run);
  },
  'one lost run asked for by id goes to exactly one of many callers': async (context) => {
    const { runId } = await startRun(context.store, context.owner(), { leaseMs: minute });
    await context.advance(2 * minute);
    const raced = await race(context, 20, ({ runs }) => runs.recover({ runId, leaseMs: 60 * minute, limit: 1 }));
    assert.equal(raced.flat().length, 1);
  },
});
