import type { Store } from '@chatkit-selfhost/core';
import { newId, randomHex } from '@chatkit-selfhost/core';
import { events, item, run, session, thread, turn } from './samples.js';

/** Gives an owner something of everything a store can hold, in every state it can be in. */
export async function fillOwner(store: Store, ownerId: string): Promise<void> {
  const scope = { ownerId };
  const first = thread();
  const deleted = thread();
  for (const id of ['file-1', 'file-2']) await store.threads.putAttachment(scope, { type: 'file', id: `${ownerId}-${id}`, name: id, mime_type: 'text/plain' });
  const items = [item(first.id), item(first.id), item(first.id)];
  await store.threads.write(scope, { threadId: first.id, create: first, put: items, attach: [`${ownerId}-file-1`] });
  await store.threads.write(scope, { threadId: first.id, remove: [items[1]?.id ?? ''] });
  await store.threads.write(scope, { threadId: deleted.id, create: deleted, put: [item(deleted.id)] });
  await store.threads.delete(scope, { threadId: deleted.id });
  await store.threads.deleteAttachment(scope, { attachmentId: `${ownerId}-file-2` });

  const sessions = [session({ ownerId }), session({ ownerId })];
  for (const entry of sessions) await store.sessions.create(entry);
  await store.sessions.rotate({ from: sessions[0]?.tokenHash ?? '', to: randomHex(32) });

  await store.history.add(scope, turn({ ownerId, threadId: first.id, userItemId: 'question' }));
  await store.history.add(scope, turn({ ownerId, threadId: first.id, userItemId: 'question' }));

  const ended = run({ idempotencyKey: 'ended' });
  const started = await store.runs.start(scope, ended);
  if (started.outcome !== 'started') throw new Error('a fresh owner can start a run');
  await store.runs.append(started.run, { events: events(1, 3), snapshot: { seq: 2, events: ['folded'] } });
  await store.runs.finish(started.run, { status: 'completed' });
  await store.runs.start(scope, run({ idempotencyKey: 'running' }));
  for (const id of [newId('approval'), newId('approval')]) await store.runs.saveApproval(scope, { id, threadId: first.id, state: 'state' });
  const claimed = newId('approval');
  await store.runs.saveApproval(scope, { id: claimed, threadId: first.id, state: 'state' });
  await store.runs.claimApproval(scope, { id: claimed });
}

/** Takes away all that an owner has, in every part. */
export async function deleteOwner(store: Store, ownerId: string): Promise<void> {
  for (const part of [store.threads, store.sessions, store.history, store.runs]) await part.deleteOwner({ ownerId });
}
