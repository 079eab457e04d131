import { deleteKeys } from '../runs/run-scripts.js';
import { listAttachments } from './attachment-scripts.js';
import { listClaims, releaseId } from './claim-scripts.js';
import { attachmentKeys, threadKeys, type ThreadContext } from './thread-keys.js';
import { dropThread, someThreads } from './thread-scripts.js';

/** Deletes all that an owner has in this part. Claims go before what names them, so that a second call finishes what a first one began. */
export async function deleteThreadsOfOwner(context: ThreadContext, ownerId: string): Promise<void> {
  const { connection, keys } = context;
  const owned = keys.owner(ownerId);
  const release = (key: string): Promise<unknown> => connection.run(releaseId, [key], [ownerId]);

  for (;;) {
    const threadIds = (await connection.run(someThreads, [owned.threads, owned.threadsGone])) as string[];
    if (threadIds.length === 0) break;
    await Promise.all(threadIds.map(async (threadId) => {
      await release(keys.threadClaim(threadId));
      await connection.run(dropThread, threadKeys(context, ownerId, threadId), [threadId]);
    }));
  }
  const attachmentIds = (await connection.run(listAttachments, attachmentKeys(context, ownerId, ''))) as string[];
  await Promise.all(attachmentIds.map((id) => release(keys.attachmentClaim(id))));
  const noted = (await connection.run(listClaims, [owned.claims])) as string[];
  await Promise.all(noted.map((note) => release(note.startsWith('t:') ? keys.threadClaim(note.slice(2)) : keys.attachmentClaim(note.slice(2)))));
  await connection.run(deleteKeys, [
    owned.threads, owned.threadsGone, owned.threadSequence, owned.claims, owned.attachments, owned.uploads, owned.bindings,
  ]);
}
