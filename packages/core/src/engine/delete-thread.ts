import { notFound } from '../runs/run-hub.js';
import type { OwnerScope } from '../store/index.js';
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

const PAGE = 100;

async function attachmentsOf({ store }: Engine, scope: OwnerScope, threadId: string): Promise<string[]> {
  const ids = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await store.threads.listItems(scope, { threadId, limit: PAGE, order: 'asc', ...(after === undefined ? {} : { after }) });
    for (const item of page?.data ?? []) if (item.type === 'user_message') for (const { id } of item.attachments) ids.add(id);
    if (!page?.has_more || page.after == null || page.after === after) return [...ids];
    after = page.after;
  }
}
