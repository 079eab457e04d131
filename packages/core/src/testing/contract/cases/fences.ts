import assert from 'node:assert/strict';
import type { ThreadWrite } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { numbered, readItems } from '../reading.js';
import { startRun, takeOver } from '../run-steps.js';
import { sampleAttachment, sampleItem, sampleItems, sampleThread, textsOf, writeThread } from '../samples.js';

const minute = 60_000;

export const fenceCases = contractGroup('fences', {
  'a thread refuses a fence below the highest it has seen': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const write = (fence: number) => store.threads.write(scope, { threadId, fence, put: [sampleItem(threadId, String(fence))] });
    assert.deepEqual([await write(5), await write(5), await write(7), await write(6), await write(7)], ['written', 'written', 'written', 'stale_run', 'written']);
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['5', '5', '7', '7']);
  },
  'a stale write leaves no part of itself': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'kept' });
    const items = sampleItems(thread.id, 3);
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    await store.threads.write(scope, { threadId: thread.id, create: thread, put: items, fence: 9 });
    const changes: Omit<ThreadWrite, 'threadId'>[] = [
      { update: { title: 'stale' } }, { removeAfter: items[0]?.id }, { remove: items.map(({ id }) => id) },
      { put: [sampleItem(thread.id, 'stale', items[1]?.id), sampleItem(thread.id)] }, { attach: [attachment.id] }, { create: { ...thread, title: 'stale' } }, {},
    ];
    for (const change of changes) assert.equal(await store.threads.write(scope, { ...change, threadId: thread.id, fence: 8 }), 'stale_run');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
    assert.deepEqual(await readItems(store, scope, thread.id), items);
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [attachment]);
  },
  'a write without a fence is not checked and lowers nothing': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    await store.threads.write(scope, { threadId, fence: 5 });
    assert.equal(await store.threads.write(scope, { threadId, put: [sampleItem(threadId)] }), 'written');
    assert.equal(await store.threads.write(scope, { threadId, fence: 4 }), 'stale_run');
  },
  'the write that makes a thread sets its fence': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread();
    await store.threads.write(scope, { threadId: thread.id, create: thread, fence: 5 });
    assert.equal(await store.threads.write(scope, { threadId: thread.id, fence: 4 }), 'stale_run');
    assert.equal(await store.threads.write(scope, { threadId: thread.id, fence: 5 }), 'written');
  },
  'a refused write does not raise the fence': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    assert.equal(await store.threads.write(scope, { threadId, fence: 9, attach: [sampleAttachment().id] }), 'not_found');
    assert.equal(await store.threads.write(scope, { threadId, fence: 9, removeAfter: sampleItem(threadId).id }), 'not_found');
    assert.equal(await store.threads.write(scope, { threadId, fence: 5 }), 'written');
  },
  'a stale run is told before the status of the thread': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ status: { type: 'closed' } });
    await store.threads.write(scope, { threadId: thread.id, create: thread, fence: 5 });
    assert.equal(await store.threads.write(scope, { threadId: thread.id, fence: 4, onlyIfActive: true }), 'stale_run');
    assert.equal(await store.threads.write(scope, { threadId: thread.id, fence: 6, onlyIfActive: true }), 'not_active');
  },
  'each thread has a fence of its own': async ({ store, owner }) => {
    const scope = owner();
    const [high, low] = [await writeThread(store, scope), await writeThread(store, scope)];
    await store.threads.write(scope, { threadId: high, fence: 9 });
    assert.equal(await store.threads.write(scope, { threadId: low, fence: 1 }), 'written');
  },
  'a fence of microseconds is kept exactly': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const fence = 4_000_000_000_000_001;
    await store.threads.write(scope, { threadId, fence });
    assert.equal(await store.threads.write(scope, { threadId, fence: fence - 1 }), 'stale_run');
    assert.equal(await store.threads.write(scope, { threadId, fence }), 'written');
  },
  'the fence rises with every run of a thread': async ({ store, owner, other }) => {
    const scope = owner();
    const threadId = newThreadId();
    const nodes = [store, await other()];
    let last = 0;
    for (let count = 0; count < 20; count += 1) {
      const run = await startRun(nodes[count % 2] ?? store, scope, { threadId });
      assert.ok(run.fence > last, `${run.fence} is above ${last}`);
      last = run.fence;
      if (count % 3 === 0) await store.runs.discard(run);
      else await store.runs.finish(run, { status: 'completed' });
    }
  },
  'the fence rises although the runs of the thread were deleted': async ({ store, owner }) => {
    const scope = owner();
    const first = await startRun(store, scope);
    await store.runs.deleteThread(scope, first);
    const second = await startRun(store, scope, { threadId: first.threadId });
    assert.ok(second.fence > first.fence);
  },
  'a run that ended is fenced off by the next one': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const first = await startRun(store, scope, { threadId });
    assert.equal(await store.threads.write(scope, { threadId, fence: first.fence, put: [sampleItem(threadId, 'first')] }), 'written');
    await store.runs.finish(first, { status: 'completed' });
    const second = await startRun(store, scope, { threadId });
    assert.equal(await store.threads.write(scope, { threadId, fence: second.fence, put: [sampleItem(threadId, 'second')] }), 'written');
    assert.equal(await store.threads.write(scope, { threadId, fence: first.fence, put: [sampleItem(threadId, 'late')] }), 'stale_run');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['first', 'second']);
  },
  'a run that was taken over can not write, neither items nor events': async ({ store, owner, advance }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const lost = await startRun(store, scope, { threadId, leaseMs: minute });
    await store.threads.write(scope, { threadId, fence: lost.fence, put: [sampleItem(threadId, 'partial')] });
    await advance(2 * minute);
    const { run } = await takeOver(store, lost.runId);
    assert.equal(await store.threads.write(scope, { threadId, fence: run.fence }), 'written');
    assert.equal(await store.threads.write(scope, { threadId, fence: lost.fence, put: [sampleItem(threadId, 'late')] }), 'stale_run');
    assert.equal(await store.runs.append(lost, { events: numbered(1, 1) }), 'stale_run');
    assert.equal(await store.threads.write(scope, { threadId, fence: run.fence, put: [sampleItem(threadId, 'end')] }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['partial', 'end']);
  },
  'a lease with another fence is no lease': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    for (const lease of [{ ...run, fence: run.fence - 1 }, { ...run, fence: run.fence + 1 }]) {
      assert.equal(await store.runs.append(lease, { events: numbered(1, 1) }), 'stale_run');
      assert.equal(await store.runs.renew(lease, { leaseMs: minute }), 'stale_run');
      assert.equal(await store.runs.finish(lease, { status: 'completed' }), false);
      assert.equal(await store.runs.discard(lease), false);
    }
    assert.deepEqual(await store.runs.get(scope, run), run);
  },
});
