import { notFound } from '../runs/run-hub.js';
import { MAX_PAGE_LIMIT, readPages, type OwnerScope } from '../store/index.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';

/** A run that is still going is stopped; its readers get what there is. */
export async function deleteThread(engine: Engine, { scope }: Caller, threadId: string): Promise<unknown> {
  const { threads, runs } = engine.store;
  if (!(await threads.get(scope, { threadId }))) throw notFound();
  const active = await runs.getActive(scope, { threadId });
  if (active) await engine.hub.cancel(scope, active.runId);
  const attachmentIds = engine.deleteAttachmentsWithThread ? await attachmentsOf(engine, scope, threadId) : [];
  if (!(await threads.delete(scope, { threadId }))) throw notFound();
  await runs.deleteThread(scope, { threadId });
  // Last: files that a failure in between leaves are no more than that, while a thread without its files would be broken.
  for (const attachmentId of attachmentIds) {
    await engine.uploads?.delete({ attachmentId }, scope);
    await threads.deleteAttachment(scope, { attachmentId });
  }
  return {};
}

async function attachmentsOf({ store }: Engine, scope: OwnerScope, threadId: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const items of readPages((after) => store.threads.listItems(scope, { threadId, limit: MAX_PAGE_LIMIT, order: 'asc', after }))) {
    for (const item of items) if (item.type === 'user_message') for (const { id } of item.attachments) ids.add(id);
  }
  return [...ids];
}
