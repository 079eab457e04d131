import type { ThreadItem } from '../protocol/index.js';
import { readPages, type OwnerScope, type Store } from '../store/index.js';

/** How far an answer came that may have to be tried again. */
export interface KeptRun {
  /** The newest item of the thread by then: what comes after it goes with the retry. */
  after: string;
  /** For whoever goes on with it. */
  state: string;
}

/**
 * Keeps how far the answer to the thread's newest user message has come, in place of what was kept before; null: there is nothing to go on with.
 * It is stored as a request for approval is, whose follow-up it is. For use by the run that holds the thread.
 */
export async function keepRun(
  store: Store, scope: OwnerScope, { threadId, state, lifetimeMs }: { threadId: string; state: string | null; lifetimeMs: number | undefined },
): Promise<void> {
  let newest: ThreadItem | undefined;
  for await (const items of readPages((after) => store.threads.listItems(scope, { threadId, limit: 50, order: 'desc', after }))) {
    newest ??= items[0];
    const message = items.find((item) => item.type === 'user_message');
    if (!message || !newest) continue;
    const id = keptRunId(message.id);
    if (state === null) await store.runs.claimApproval(scope, { id });
    else await store.runs.saveApproval(scope, { id, threadId, state: JSON.stringify({ after: newest.id, state } satisfies KeptRun), lifetimeMs });
    return;
  }
}

/** What a retry of this message goes on with; null when it begins anew. It stays kept, since the retry may fail too. For use by the run that holds the thread. */
export async function findKeptRun(store: Store, scope: OwnerScope, { threadId, messageId }: { threadId: string; messageId: string }): Promise<KeptRun | null> {
  const id = keptRunId(messageId);
  const claimed = await store.runs.claimApproval(scope, { id });
  if (claimed?.threadId !== threadId) return null;
  // Written by this app, here or on another node.
  const kept = JSON.parse(claimed.state) as KeptRun;
  // Its place is gone: the conversation has become another since.
  if (!(await store.threads.getItem(scope, { threadId, itemId: kept.after }))) return null;
  await store.runs.saveApproval(scope, { id, threadId, state: claimed.state, lifetimeMs: claimed.remainingMs });
  return kept;
}

function keptRunId(messageId: string): string {
  return `kept_${messageId}`;
}
