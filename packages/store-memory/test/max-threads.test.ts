import { newId, type OwnerScope, type Store } from '@chatkit-selfhost/core';
import { expect, it } from 'vitest';
import { memoryStore } from '../src/index.js';

const scope: OwnerScope = { ownerId: 'ada' };

async function write(store: Store, id: string, owner = scope): Promise<void> {
  const thread = { id, created_at: '2026-01-02T03:04:05.678Z', status: { type: 'active' as const }, metadata: {} };
  await store.threads.write(owner, { threadId: id, create: thread, put: [{ id: `${id}-item`, thread_id: id, created_at: thread.created_at, type: 'end_of_turn' }] });
}

async function ids(store: Store, owner = scope): Promise<string[]> {
  return (await store.threads.list(owner, { order: 'asc', limit: 100 }))?.data.map((thread) => thread.id) ?? [];
}

async function record(store: Store, threadId: string): Promise<void> {
  await store.history.add(scope, {
    runId: `run of ${threadId}`, ownerId: scope.ownerId, threadId, sessionId: 'session', userId: null, userItemId: null, userMessage: 'hi', agentResponse: 'hello',
    responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(0),
  });
}

it('keeps everything when there is no limit', async () => {
  const store = memoryStore();
  for (let count = 0; count < 50; count += 1) await write(store, `t${count}`);
  expect(await ids(store)).toHaveLength(50);
});

it('drops the threads that were not written for longest', async () => {
  const store = memoryStore({ maxThreads: 3 });
  for (const id of ['a', 'b', 'c']) await write(store, id);
  await store.threads.write(scope, { threadId: 'a', update: { title: 'used again' } });
  await write(store, 'd');
  expect(await ids(store)).toEqual(['a', 'c', 'd']);
  await write(store, 'e');
  expect(await ids(store)).toEqual(['a', 'd', 'e']);
});

it('counts the threads of all owners', async () => {
  const store = memoryStore({ maxThreads: 2 });
  await write(store, 'a');
  await write(store, 'b', { ownerId: 'ben' });
  await write(store, 'c', { ownerId: 'cat' });
  expect(await ids(store)).toEqual([]);
  expect(await ids(store, { ownerId: 'ben' })).toEqual(['b']);
});

it('never drops a thread with a running turn', async () => {
  const store = memoryStore({ maxThreads: 1 });
  await write(store, 'busy');
  const started = await store.runs.start(scope, { runId: newId('run'), threadId: 'busy', leaseMs: 60_000, turn: null });
  await write(store, 'a');
  await write(store, 'b');
  expect(await ids(store)).toEqual(['busy', 'b']);
  if (started.outcome === 'started') await store.runs.finish(started.run, { status: 'completed' });
  await write(store, 'c');
  expect(await ids(store)).toEqual(['c']);
});

it('keeps the thread that is being made, however busy the others are', async () => {
  const store = memoryStore({ maxThreads: 1 });
  await write(store, 'busy');
  await store.runs.start(scope, { runId: newId('run'), threadId: 'busy', leaseMs: 60_000, turn: null });
  await write(store, 'new');
  expect(await ids(store)).toEqual(['busy', 'new']);
});

it('a thread that beginTurn makes evicts the oldest one', async () => {
  const store = memoryStore({ maxThreads: 1 });
  await write(store, 'old');
  const thread = { id: 'new', created_at: '2026-01-02T03:04:05.678Z', status: { type: 'active' as const }, metadata: {} };
  await store.threads.beginTurn?.(scope, {
    run: { runId: newId('run'), threadId: 'new', leaseMs: 60_000, turn: null }, write: { threadId: 'new', create: thread }, read: {},
  });
  expect(await ids(store)).toEqual(['new']);
});

it('drops with a thread all that belongs to it', async () => {
  const store = memoryStore({ maxThreads: 1 });
  await write(store, 'a');
  await store.threads.putAttachment(scope, { id: 'bound', type: 'file', name: 'f', mime_type: 'text/plain' });
  await store.threads.putAttachment(scope, { id: 'free', type: 'file', name: 'f', mime_type: 'text/plain' });
  await store.threads.write(scope, { threadId: 'a', attach: ['bound'] });
  await record(store, 'a');
  const started = await store.runs.start(scope, { runId: 'run', threadId: 'a', leaseMs: 60_000, turn: null });
  if (started.outcome === 'started') await store.runs.finish(started.run, { status: 'completed' });
  await store.runs.saveApproval(scope, { id: 'approval', threadId: 'a', state: '' });
  await write(store, 'b');
  expect(await store.threads.get(scope, { threadId: 'a' })).toBe(null);
  expect((await store.threads.getAttachments(scope, ['bound', 'free'])).map((attachment) => attachment.id)).toEqual(['free']);
  expect((await store.history.query(scope, {}))?.data).toEqual([]);
  expect((await store.history.query(scope, { sessionId: 'session' }))?.data).toEqual([]);
  expect(await store.runs.get(scope, { runId: 'run' })).toBe(null);
  expect(await store.runs.claimApproval(scope, { id: 'approval' })).toBe(null);
});

it('a walk goes on although its cursor was dropped', async () => {
  const store = memoryStore({ maxThreads: 4 });
  for (const id of ['a', 'b', 'c', 'd']) await write(store, id);
  const page = await store.threads.list(scope, { order: 'asc', limit: 1 });
  await write(store, 'e');
  const rest = await store.threads.list(scope, { order: 'asc', after: page?.after });
  expect(rest?.data.map((thread) => thread.id)).toEqual(['b', 'c', 'd', 'e']);
});
