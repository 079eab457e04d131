import assert from 'node:assert/strict';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { numbered, readItems, readRun, within } from '../reading.js';
import { startRun } from '../run-steps.js';
import { sampleAttachment, sampleItem, sampleRun, sampleSession, sampleThread, sampleTurn, writeThread } from '../samples.js';

export const dataProtectionCases = contractGroup('data protection', {
  "threads.deleteOwner leaves nothing of the owner's threads, items and attachments": async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const item = sampleItem(threadId);
    const [bound, free] = [sampleAttachment(), sampleAttachment()];
    for (const attachment of [bound, free]) await store.threads.putAttachment(scope, attachment);
    await store.threads.write(scope, { threadId, put: [item], attach: [bound.id] });
    await store.threads.deleteOwner(scope);
    assert.equal(await store.threads.get(scope, { threadId }), null);
    assert.equal(await store.threads.getItem(scope, { threadId, itemId: item.id }), null);
    assert.deepEqual(await store.threads.list(scope, {}), { data: [], has_more: false });
    assert.deepEqual(await store.threads.getAttachments(scope, [bound.id, free.id]), []);
  },
  'not even the cursors of a deleted owner are left': async ({ store, owner }) => {
    const scope = owner();
    const [deleted, present] = [await writeThread(store, scope), await writeThread(store, scope)];
    await store.threads.delete(scope, { threadId: deleted });
    const record = sampleTurn(scope);
    await store.history.add(scope, record);
    await store.threads.deleteOwner(scope);
    await store.history.deleteOwner(scope);
    for (const after of [deleted, present]) assert.equal(await store.threads.list(scope, { after }), null);
    assert.equal(await store.history.query(scope, { after: record.runId }), null);
  },
  'the ids of a deleted owner are free': async ({ store, owner }) => {
    const [scope, next] = [owner(), owner()];
    const thread = sampleThread();
    const attachment = sampleAttachment();
    await store.threads.write(scope, { threadId: thread.id, create: thread, put: [sampleItem(thread.id)], fence: 9 });
    await store.threads.putAttachment(scope, attachment);
    await store.threads.deleteOwner(scope);
    assert.equal(await store.threads.write(next, { threadId: thread.id, create: thread, fence: 1 }), 'written');
    assert.deepEqual(await readItems(store, next, thread.id), []);
    await store.threads.putAttachment(next, attachment);
    assert.deepEqual(await store.threads.getAttachments(next, [attachment.id]), [attachment]);
  },
  "history.deleteOwner leaves nothing of the owner's records": async ({ store, owner }) => {
    const scope = owner();
    const record = sampleTurn(scope, { sessionId: newId('session') });
    await store.history.add(scope, record);
    await store.history.deleteOwner(scope);
    const empty = { data: [], has_more: false };
    for (const query of [{}, { runId: record.runId }, { threadId: record.threadId }, { sessionId: record.sessionId ?? '' }, { includeSuperseded: true }]) {
      assert.deepEqual(await store.history.query(scope, query), empty);
    }
  },
  "sessions.deleteOwner ends all the owner's sessions": async ({ store }) => {
    const mine = [sampleSession(), sampleSession()];
    const ownerId = mine[0]?.ownerId ?? '';
    for (const session of mine) await store.sessions.create({ ...session, ownerId });
    await store.sessions.deleteOwner({ ownerId });
    for (const session of mine) assert.equal(await store.sessions.get(session), null);
    assert.notEqual(await store.sessions.create(sampleSession({ ownerId, maxPerOwner: 1 })), null);
  },
  "runs.deleteOwner leaves nothing of the owner's runs, logs, keys and approvals": async ({ store, owner }) => {
    const scope = owner();
    const ended = await startRun(store, scope, { idempotencyKey: 'k' });
    await store.runs.append(ended, { events: numbered(1, 2) });
    await store.runs.finish(ended, { status: 'completed' });
    const running = await startRun(store, scope, { maxPerOwner: 1 });
    const approval = { id: newId('approval'), threadId: ended.threadId, state: 's' };
    await store.runs.saveApproval(scope, approval);
    await store.runs.deleteOwner(scope);
    for (const run of [ended, running]) {
      assert.equal(await store.runs.get(scope, run), null);
      assert.deepEqual(await readRun(store.runs, scope, run), []);
    }
    assert.equal(await store.runs.getActive(scope, running), null);
    assert.equal(await store.runs.claimApproval(scope, approval), null);
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'k', maxPerOwner: 1 }))).outcome, 'started');
  },
  'a run of a deleted owner loses its lease, and its followers end': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const follower = readRun(store.runs, scope, run);
    await store.runs.deleteOwner(scope);
    assert.equal(await store.runs.append(run, { events: numbered(1, 1) }), 'stale_run');
    assert.equal(await store.runs.renew(run, { leaseMs: 60_000 }), 'stale_run');
    assert.equal(await store.runs.finish(run, { status: 'completed' }), false);
    await within(follower, 10_000, 'the follower to end');
  },
  'a lost run of a deleted owner is not recovered': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope, { leaseMs: 60_000 });
    await store.runs.deleteOwner(scope);
    await advance(120_000);
    assert.deepEqual(await store.runs.recover({ runId: run.runId, leaseMs: 60_000, limit: 1 }), []);
    const any = await store.runs.recover({ leaseMs: 60_000, limit: 1_000 });
    assert.deepEqual(any.filter((recovered) => recovered.run.ownerId === scope.ownerId), []);
  },
  'deleteOwner may come again, and before there is anything': async ({ store, owner }) => {
    const scope = owner();
    for (const part of [store.threads, store.history, store.sessions, store.runs]) {
      await part.deleteOwner(scope);
      await part.deleteOwner(scope);
    }
    assert.deepEqual(await store.threads.list(scope, {}), { data: [], has_more: false });
  },
  'an owner can begin anew after deleteOwner': async ({ store, owner }) => {
    const scope = owner();
    await writeThread(store, scope, 2);
    await store.threads.deleteOwner(scope);
    const threadId = await writeThread(store, scope, 3);
    assert.deepEqual((await store.threads.list(scope, {}))?.data.map((thread) => thread.id), [threadId]);
    assert.equal((await readItems(store, scope, threadId)).length, 3);
  },
  'runs.deleteThread deletes the runs and logs of this thread alone': async ({ store, owner }) => {
    const scope = owner();
    const [gone, stays] = [await startRun(store, scope, { idempotencyKey: 'gone' }), await startRun(store, scope, { idempotencyKey: 'stays' })];
    for (const run of [gone, stays]) {
      await store.runs.append(run, { events: numbered(1, 2) });
      await store.runs.finish(run, { status: 'completed' });
    }
    await store.runs.deleteThread(scope, gone);
    assert.equal(await store.runs.get(scope, gone), null);
    assert.deepEqual(await readRun(store.runs, scope, gone), []);
    assert.deepEqual(await readRun(store.runs, scope, stays), numbered(1, 2));
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'gone' }))).outcome, 'started');
    assert.equal((await store.runs.start(scope, sampleRun({ idempotencyKey: 'stays' }))).outcome, 'repeated');
  },
  'runs.deleteThread takes the lease of a running run': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.deleteThread(scope, run);
    assert.equal(await store.runs.append(run, { events: numbered(1, 1) }), 'stale_run');
    assert.equal(await store.runs.finish(run, { status: 'completed' }), false);
    assert.equal(await store.runs.getActive(scope, run), null);
    assert.equal((await store.runs.start(scope, sampleRun({ threadId: run.threadId }))).outcome, 'started');
  },
});
