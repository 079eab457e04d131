import assert from 'node:assert/strict';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { startRun } from '../run-steps.js';
import { numbered } from '../reading.js';
import { sampleRun } from '../samples.js';

const minute = 60_000;

export const runCases = contractGroup('runs', {
  'a started run is running, with no events': async ({ store, owner }) => {
    const scope = owner();
    const start = sampleRun();
    const before = Date.now();
    const { fence, ...run } = await startRun(store, scope, start);
    const { runId, threadId } = start;
    assert.deepEqual(run, { runId, threadId, ownerId: scope.ownerId, status: 'running', lastSeq: 0, cancelRequested: false, leaseExpired: false });
    assert.ok(Number.isSafeInteger(fence), 'a fence is a safe integer');
    // The store's clock may run a little behind this one.
    assert.ok(fence >= (before - 10 * minute) * 1000, 'a fence is not below the microseconds since 1970');
    assert.deepEqual(await store.runs.get(scope, { runId }), { ...run, fence });
    assert.deepEqual(await store.runs.getActive(scope, { threadId }), { ...run, fence });
  },
  'an unknown run is null': async ({ store, owner }) => {
    assert.equal(await store.runs.get(owner(), { runId: newId('run') }), null);
    assert.equal(await store.runs.getActive(owner(), { threadId: newThreadId() }), null);
    assert.equal(await store.runs.requestCancel(owner(), { runId: newId('run') }), false);
  },
  'a thread with a running run is busy': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const second = await store.runs.start(scope, sampleRun({ threadId: run.threadId }));
    assert.deepEqual(second, { outcome: 'busy', run });
  },
  'another thread of the same owner is free': async ({ store, owner }) => {
    const scope = owner();
    await startRun(store, scope);
    assert.equal((await store.runs.start(scope, sampleRun())).outcome, 'started');
  },
  'a refused start leaves nothing': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const refused = sampleRun({ threadId: run.threadId, idempotencyKey: 'refused' });
    await store.runs.start(scope, refused);
    assert.equal(await store.runs.get(scope, { runId: refused.runId }), null);
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'refused' }))).outcome, 'started');
  },
  'finish frees the thread and keeps the run': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    assert.equal(await store.runs.finish(run, { status: 'completed' }), true);
    assert.equal(await store.runs.getActive(scope, run), null);
    assert.deepEqual(await store.runs.get(scope, run), { ...run, status: 'completed' });
    const next = await startRun(store, scope, { threadId: run.threadId });
    assert.ok(next.fence > run.fence, 'the fence rises');
  },
  'finish keeps each outcome': async ({ store, owner }) => {
    const scope = owner();
    for (const status of ['completed', 'cancelled', 'error', 'interrupted'] as const) {
      const run = await startRun(store, scope);
      await store.runs.finish(run, { status });
      assert.equal((await store.runs.get(scope, run))?.status, status);
    }
  },
  'finish again is true and changes nothing': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.finish(run, { status: 'completed' });
    assert.equal(await store.runs.finish(run, { status: 'completed' }), true);
    const next = await startRun(store, scope, { threadId: run.threadId });
    assert.equal(await store.runs.finish(run, { status: 'error' }), true);
    assert.equal((await store.runs.get(scope, run))?.status, 'completed');
    assert.deepEqual(await store.runs.getActive(scope, run), next);
  },
  'an ended run takes no more events and no renewal': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 2) });
    await store.runs.finish(run, { status: 'completed' });
    assert.equal(await store.runs.append(run, { events: numbered(3, 3) }), 'stale_run');
    assert.equal(await store.runs.renew(run, { leaseMs: minute }), 'stale_run');
    assert.equal((await store.runs.get(scope, run))?.lastSeq, 2);
  },
  'an unknown lease can write nothing': async ({ store }) => {
    const lease = { runId: newId('run'), threadId: newThreadId(), fence: Date.now() * 1000 };
    assert.equal(await store.runs.append(lease, { events: numbered(1, 1) }), 'stale_run');
    assert.equal(await store.runs.renew(lease, { leaseMs: minute }), 'stale_run');
    assert.equal(await store.runs.finish(lease, { status: 'completed' }), false);
    assert.equal(await store.runs.discard(lease), false);
  },
  'append counts the events': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    assert.equal(await store.runs.append(run, { events: numbered(1, 3) }), 'written');
    assert.equal(await store.runs.append(run, { events: [] }), 'written');
    assert.equal(await store.runs.append(run, { events: numbered(4, 4) }), 'written');
    assert.equal((await store.runs.get(scope, run))?.lastSeq, 4);
  },
  'a requested cancel is told to the lease and shown on the run': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    assert.equal(await store.runs.renew(run, { leaseMs: minute }), 'renewed');
    assert.equal(await store.runs.requestCancel(scope, run), true);
    assert.equal(await store.runs.requestCancel(scope, run), true);
    assert.equal((await store.runs.get(scope, run))?.cancelRequested, true);
    assert.equal(await store.runs.append(run, { events: numbered(1, 1) }), 'cancel_requested');
    assert.equal(await store.runs.renew(run, { leaseMs: minute }), 'cancel_requested');
    assert.equal((await store.runs.get(scope, run))?.lastSeq, 1, 'the events are written all the same');
  },
  'an ended run can not be cancelled': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.finish(run, { status: 'completed' });
    assert.equal(await store.runs.requestCancel(scope, run), false);
    assert.equal((await store.runs.get(scope, run))?.cancelRequested, false);
  },
  'the same idempotency key gives the earlier run, running or ended': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope, { idempotencyKey: 'k' });
    const repeat = () => store.runs.start(scope, sampleRun({ idempotencyKey: 'k' }));
    assert.deepEqual(await repeat(), { outcome: 'repeated', run });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await repeat(), { outcome: 'repeated', run: { ...run, status: 'completed' } });
  },
  'a repeat is told as such on its own busy thread': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope, { idempotencyKey: 'k', maxPerOwner: 1 });
    const again = sampleRun({ threadId: run.threadId, idempotencyKey: 'k', maxPerOwner: 1 });
    assert.deepEqual(await store.runs.start(scope, again), { outcome: 'repeated', run });
  },
  'another key, or the same key of another owner, is another run': async ({ store, owner }) => {
    const scope = owner();
    await startRun(store, scope, { idempotencyKey: 'k' });
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'K' }))).outcome, 'started');
    assert.equal((await store.runs.start(owner(), sampleRun({ idempotencyKey: 'k' }))).outcome, 'started');
    assert.equal((await store.runs.start(scope, sampleRun())).outcome, 'started');
  },
  'an owner at maxPerOwner is refused until a run ends': async ({ store, owner }) => {
    const scope = owner();
    const start = () => store.runs.start(scope, sampleRun({ maxPerOwner: 2 }));
    const first = await startRun(store, scope, { maxPerOwner: 2 });
    assert.equal((await start()).outcome, 'started');
    assert.deepEqual(await start(), { outcome: 'too_many' });
    assert.equal((await store.runs.start(owner(), sampleRun({ maxPerOwner: 1 }))).outcome, 'started');
    await store.runs.finish(first, { status: 'completed' });
    assert.equal((await start()).outcome, 'started');
    assert.equal((await start()).outcome, 'too_many');
  },
  'discard makes a start undone, idempotency key and all': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope, { idempotencyKey: 'k', maxPerOwner: 1 });
    assert.equal(await store.runs.discard(run), true);
    assert.equal(await store.runs.get(scope, run), null);
    assert.equal(await store.runs.getActive(scope, run), null);
    assert.equal(await store.runs.append(run, { events: numbered(1, 1) }), 'stale_run');
    const again = await store.runs.start(scope, sampleRun({ threadId: run.threadId, idempotencyKey: 'k', maxPerOwner: 1 }));
    assert.equal(again.outcome, 'started');
  },
  'a discarded run is not there for discard or finish': async ({ store, owner }) => {
    const run = await startRun(store, owner());
    await store.runs.discard(run);
    assert.equal(await store.runs.discard(run), false);
    assert.equal(await store.runs.finish(run, { status: 'completed' }), false);
  },
  'a lease that was not renewed in time is shown as expired, and its thread is still busy': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope, { leaseMs: minute });
    await advance(2 * minute);
    assert.deepEqual(await store.runs.get(scope, run), { ...run, leaseExpired: true });
    assert.deepEqual(await store.runs.getActive(scope, run), { ...run, leaseExpired: true });
    const second = await store.runs.start(scope, sampleRun({ threadId: run.threadId }));
    assert.deepEqual(second, { outcome: 'busy', run: { ...run, leaseExpired: true } });
    assert.equal(await store.runs.finish(run, { status: 'completed' }), true);
    assert.equal((await store.runs.get(scope, run))?.leaseExpired, false);
  },
  'renew keeps the lease from expiring': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope, { leaseMs: 10 * minute });
    for (let count = 0; count < 3; count += 1) {
      await advance(8 * minute);
      assert.equal(await store.runs.renew(run, { leaseMs: 10 * minute }), 'renewed');
    }
    assert.equal((await store.runs.get(scope, run))?.leaseExpired, false);
    await store.runs.renew(run, { leaseMs: minute });
    await advance(2 * minute);
    assert.equal((await store.runs.get(scope, run))?.leaseExpired, true);
  },
  'an expired lease that nobody took over can still write and be renewed': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope, { leaseMs: minute });
    await advance(5 * minute);
    assert.equal(await store.runs.append(run, { events: numbered(1, 1) }), 'written');
    assert.equal(await store.runs.renew(run, { leaseMs: minute }), 'renewed');
    assert.equal((await store.runs.get(scope, run))?.leaseExpired, false);
  },
});
