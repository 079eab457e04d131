import assert from 'node:assert/strict';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { race } from '../racing.js';
import { startRun } from '../run-steps.js';

const DAY = 24 * 60 * 60_000;

const sampleApproval = (fields: { threadId?: string; state?: string } = {}) => ({ id: newId('approval'), threadId: newThreadId(), state: '{"step":1}', ...fields });

export const approvalCases = contractGroup('approvals', {
  'an approval is claimed with what was saved': async ({ store, owner }) => {
    const scope = owner();
    const { id, threadId, state } = sampleApproval();
    await store.runs.saveApproval(scope, { id, threadId, state });
    assert.deepEqual(await store.runs.claimApproval(scope, { id }), { threadId, state });
  },
  'a second claim gets null': async ({ store, owner }) => {
    const scope = owner();
    const approval = sampleApproval();
    await store.runs.saveApproval(scope, approval);
    await store.runs.claimApproval(scope, approval);
    assert.equal(await store.runs.claimApproval(scope, approval), null);
  },
  'an unknown approval is null': async ({ store, owner }) => {
    assert.equal(await store.runs.claimApproval(owner(), { id: newId('approval') }), null);
  },
  "another owner's claim gets null and claims nothing": async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const approval = sampleApproval();
    await store.runs.saveApproval(scope, approval);
    assert.equal(await store.runs.claimApproval(foreign, approval), null);
    assert.notEqual(await store.runs.claimApproval(scope, approval), null);
  },
  'any node can claim': async ({ store, owner, other }) => {
    const scope = owner();
    const approval = sampleApproval();
    await store.runs.saveApproval(scope, approval);
    const node = await other();
    assert.equal((await node.runs.claimApproval(scope, approval))?.state, approval.state);
    assert.equal(await store.runs.claimApproval(scope, approval), null);
  },
  'of many concurrent claims exactly one gets it': async (context) => {
    const scope = context.owner();
    const approval = sampleApproval();
    await context.store.runs.saveApproval(scope, approval);
    const claims = await race(context, 30, ({ runs }) => runs.claimApproval(scope, approval));
    assert.equal(claims.filter((claim) => claim !== null).length, 1);
  },
  'a large state is kept to the letter': async ({ store, owner }) => {
    const scope = owner();
    const approval = sampleApproval({ state: `{ "text": "${'ä😀\\n'.repeat(100_000)}" }` });
    await store.runs.saveApproval(scope, approval);
    assert.equal((await store.runs.claimApproval(scope, approval))?.state, approval.state);
  },
  'approvals outlive the run that asked': async ({ store, owner, advance }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const approval = sampleApproval({ threadId: run.threadId });
    await store.runs.saveApproval(scope, approval);
    await store.runs.finish(run, { status: 'completed' });
    await advance(60_000);
    await store.runs.prune({ olderThanMs: 1_000, limit: 1_000 });
    assert.notEqual(await store.runs.claimApproval(scope, approval), null);
  },
  'an approval without a lifetime is there after a long time': async ({ store, owner, advance }) => {
    const scope = owner();
    const approval = sampleApproval();
    await store.runs.saveApproval(scope, approval);
    await advance(400 * DAY);
    await store.runs.prune({ olderThanMs: 1_000, limit: 1_000 });
    assert.notEqual(await store.runs.claimApproval(scope, approval), null);
  },
  'an approval can be claimed while it lives, and what is left of its life is told': async ({ store, owner, advance }) => {
    const scope = owner();
    const { id, threadId, state } = sampleApproval();
    await store.runs.saveApproval(scope, { id, threadId, state, lifetimeMs: 2 * DAY });
    await advance(DAY);
    await store.runs.prune({ olderThanMs: 1_000, limit: 1_000 });
    const { remainingMs = 0, ...claimed } = (await store.runs.claimApproval(scope, { id })) ?? {};
    assert.deepEqual(claimed, { threadId, state });
    assert.ok(remainingMs > 0 && remainingMs <= DAY, `${String(remainingMs)} ms are left of a day`);
  },
  'an approval whose lifetime is over is as if it had never been': async ({ store, owner, advance }) => {
    const scope = owner();
    const [expired, pruned, later] = [sampleApproval(), sampleApproval(), sampleApproval()];
    for (const approval of [expired, pruned]) await store.runs.saveApproval(scope, { ...approval, lifetimeMs: 1_000 });
    await store.runs.saveApproval(scope, { ...later, lifetimeMs: 10 * DAY });
    await advance(DAY);
    assert.equal(await store.runs.claimApproval(scope, expired), null);
    await store.runs.prune({ olderThanMs: 1_000, limit: 1_000 });
    assert.equal(await store.runs.claimApproval(scope, pruned), null);
    assert.notEqual(await store.runs.claimApproval(scope, later), null);
  },
  'an approval that is saved again has its new lifetime': async ({ store, owner, advance }) => {
    const scope = owner();
    const approval = sampleApproval();
    await store.runs.saveApproval(scope, { ...approval, lifetimeMs: 1_000 });
    await store.runs.saveApproval(scope, approval);
    await advance(DAY);
    assert.deepEqual(await store.runs.claimApproval(scope, approval), { threadId: approval.threadId, state: approval.state });
  },
  'approvals of a deleted thread are gone, others stay': async ({ store, owner }) => {
    const scope = owner();
    const [gone, stays] = [sampleApproval(), sampleApproval()];
    for (const approval of [gone, stays]) await store.runs.saveApproval(scope, approval);
    await store.runs.deleteThread(scope, gone);
    assert.equal(await store.runs.claimApproval(scope, gone), null);
    assert.notEqual(await store.runs.claimApproval(scope, stays), null);
  },
});
