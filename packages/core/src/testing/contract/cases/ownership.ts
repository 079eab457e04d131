import assert from 'node:assert/strict';
import { newId, type OwnerScope, type Store } from '../../../store/index.js';
import { contractGroup, type ContractCase } from '../contract-case.js';
import type { ContractContext } from '../contract-context.js';
import { numbered, readAll, readItems, readRun } from '../reading.js';
import { startRun } from '../run-steps.js';
import { sampleAttachment, sampleItem, sampleRun, sampleThread, sampleTurn } from '../samples.js';

/** The ids of one thing of every kind: another owner's, or nobody's. */
interface Target {
  threadId: string;
  itemId: string;
  attachmentId: string;
  runId: string;
  /** Of a run that has ended, and of its record. */
  endedRunId: string;
  sessionId: string;
  approvalId: string;
  idempotencyKey: string;
}

function nobodys(): Target {
  return {
    threadId: newId('thread'), itemId: newId('message'), attachmentId: newId('attachment'), runId: newId('run'), endedRunId: newId('run'),
    sessionId: newId('session'), approvalId: newId('approval'), idempotencyKey: newId('request'),
  };
}

async function makeOwned(store: Store, scope: OwnerScope): Promise<Target> {
  const target = nobodys();
  const { threadId, endedRunId, sessionId } = target;
  const thread = sampleThread({ id: threadId, title: 'mine' });
  await store.threads.putAttachment(scope, sampleAttachment({ id: target.attachmentId }));
  await store.threads.write(scope, { threadId, create: thread, put: [sampleItem(threadId, 'mine', target.itemId), sampleItem(threadId, 'mine too')] });
  const ended = await startRun(store, scope, { runId: endedRunId, threadId });
  await store.runs.append(ended, { events: numbered(1, 2) });
  await store.runs.finish(ended, { status: 'completed' });
  await store.history.add(scope, sampleTurn(scope, { runId: endedRunId, threadId, sessionId }));
  await startRun(store, scope, { runId: target.runId, threadId, idempotencyKey: target.idempotencyKey });
  await store.runs.saveApproval(scope, { id: target.approvalId, threadId, state: 'mine' });
  return target;
}

/** All that the owner can see. The approval is claimed and saved again, as there is no other way to look at it. */
async function everythingOf(store: Store, scope: OwnerScope, target: Target): Promise<unknown[]> {
  const approval = await store.runs.claimApproval(scope, { id: target.approvalId });
  if (approval) await store.runs.saveApproval(scope, { id: target.approvalId, ...approval });
  return [
    approval,
    await readAll((page) => store.threads.list(scope, page)),
    await readItems(store, scope, target.threadId),
    await store.threads.getAttachments(scope, [target.attachmentId]),
    await readAll((page) => store.history.query(scope, page)),
    await store.runs.get(scope, target),
    await store.runs.getActive(scope, target),
    await readRun(store.runs, scope, { runId: target.endedRunId }),
  ];
}

type Probe = (store: Store, scope: OwnerScope, target: Target) => Promise<unknown>;

/** A run of one's own on the target's thread: only what doesn't depend on the moment. */
async function startOn(store: Store, scope: OwnerScope, fields: { threadId: string; idempotencyKey?: string }): Promise<unknown> {
  const started = await store.runs.start(scope, sampleRun(fields));
  if (started.outcome !== 'started') return started.outcome;
  const { status, lastSeq, ownerId } = started.run;
  await store.runs.discard(started.run);
  return { outcome: started.outcome, status, lastSeq, ownerId };
}

/** Every call that names something of an owner. What each returns must not tell another owner's things from nothing. */
const probes: Record<string, Probe> = {
  'threads.get': ({ threads }, scope, target) => threads.get(scope, target),
  'threads.list after a thread': ({ threads }, scope, target) => threads.list(scope, { after: target.threadId }),
  'threads.getItem': ({ threads }, scope, target) => threads.getItem(scope, target),
  'threads.listItems': ({ threads }, scope, { threadId }) => threads.listItems(scope, { threadId }),
  'threads.listItems after an item': ({ threads }, scope, { threadId, itemId }) => threads.listItems(scope, { threadId, after: itemId }),
  'threads.write of an update': ({ threads }, scope, { threadId }) => threads.write(scope, { threadId, update: { title: 'theirs' } }),
  'threads.write of items': ({ threads }, scope, { threadId, itemId }) => threads.write(scope, { threadId, put: [sampleItem(threadId, 'theirs', itemId)] }),
  'threads.write of removals': ({ threads }, scope, { threadId, itemId }) => threads.write(scope, { threadId, removeAfter: itemId, remove: [itemId] }),
  'threads.write with a stale fence': ({ threads }, scope, { threadId }) => threads.write(scope, { threadId, fence: 0 }),
  'threads.write only if active': ({ threads }, scope, { threadId }) => threads.write(scope, { threadId, onlyIfActive: true }),
  'threads.write of an attachment': async ({ threads }, scope, { attachmentId }) => {
    const thread = sampleThread();
    return threads.write(scope, { threadId: thread.id, create: thread, attach: [attachmentId] });
  },
  'threads.delete': ({ threads }, scope, target) => threads.delete(scope, target),
  'threads.getAttachments': ({ threads }, scope, { attachmentId }) => threads.getAttachments(scope, [attachmentId]),
  'threads.deleteAttachment': ({ threads }, scope, target) => threads.deleteAttachment(scope, target),
  'history.query of a run': ({ history }, scope, { endedRunId }) => history.query(scope, { runId: endedRunId }),
  'history.query of a session': ({ history }, scope, { sessionId }) => history.query(scope, { sessionId }),
  'history.query of a thread': ({ history }, scope, { threadId }) => history.query(scope, { threadId }),
  'history.query after a run': ({ history }, scope, { endedRunId }) => history.query(scope, { after: endedRunId }),
  'runs.get': ({ runs }, scope, target) => runs.get(scope, target),
  'runs.getActive': ({ runs }, scope, target) => runs.getActive(scope, target),
  'runs.follow': ({ runs }, scope, { endedRunId }) => readRun(runs, scope, { runId: endedRunId }),
  'runs.requestCancel': ({ runs }, scope, target) => runs.requestCancel(scope, target),
  'runs.claimApproval': ({ runs }, scope, { approvalId }) => runs.claimApproval(scope, { id: approvalId }),
  'runs.deleteThread': ({ runs }, scope, target) => runs.deleteThread(scope, target),
  'runs.start on a thread': (store, scope, { threadId }) => startOn(store, scope, { threadId }),
  'runs.start with a key': (store, scope, { idempotencyKey }) => startOn(store, scope, { threadId: newId('thread'), idempotencyKey }),
  'deleteOwner of every part': async ({ threads, history, sessions, runs }, scope) => {
    for (const part of [threads, history, sessions, runs]) await part.deleteOwner(scope);
  },
};

function probeCase([name, probe]: [string, Probe]): [string, ContractCase['run']] {
  return [
    `${name} tells another owner what it tells about nothing, and changes nothing`,
    async ({ store, owner }: ContractContext) => {
      const scope = owner();
      const target = await makeOwned(store, scope);
      const before = await everythingOf(store, scope, target);
      const foreign = owner();
      const answer = await probe(store, foreign, target);
      assert.deepEqual(answer, await probe(store, foreign, nobodys()));
      assert.deepEqual(await everythingOf(store, scope, target), before);
    },
  ];
}

export const ownershipCases = contractGroup('ownership', Object.fromEntries(Object.entries(probes).map(probeCase)));
