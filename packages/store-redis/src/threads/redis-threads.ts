import type { Page, Thread, ThreadItem, ThreadStore, ThreadWriteResult } from '@chatkit-selfhost/core';
import { attachmentRecords } from './attachment-records.js';
import { deleteThreadsOfOwner } from './delete-threads.js';
import { pageArguments, toPage } from './page.js';
import { threadKeys, threadReadKeys, type ThreadContext } from './thread-keys.js';
import { deleteThread, getItem, getThread, listItems, listThreads, writeThread } from './thread-scripts.js';
import { withClaim, type Claim } from './with-claim.js';
import { toThread, writeArguments } from './write-arguments.js';

/** A page of items as scripts answer it; null: unknown cursor. */
export type ItemsReply = [ids: string[], items: string[]] | null;

/** The threads part, without the fast paths over several parts. */
export function redisThreads({ context, backend }: { context: ThreadContext; backend: object }): ThreadStore {
  const { connection, keys } = context;
  const keysOf = (ownerId: string, threadId: string): string[] => threadKeys(context, ownerId, threadId);
  const readKeysOf = (ownerId: string, threadId: string): string[] => threadReadKeys(context, ownerId, threadId);

  return {
    backend,
    ...attachmentRecords(context),
    get: async ({ ownerId }, { threadId }) => toThread((await connection.run(getThread, readKeysOf(ownerId, threadId))) as (string | null)[]),
    list: async ({ ownerId }, page) => {
      const owned = keys.owner(ownerId);
      const ids = (await connection.run(listThreads, [owned.threads, owned.threadsGone], pageArguments(page))) as string[] | null;
      if (!ids) return null;
      const threads = await Promise.all(ids.map((id) => connection.run(getThread, readKeysOf(ownerId, id)) as Promise<(string | null)[]>));
      const { data, ...rest } = toPage(page, threads.map(toThread), (_, index) => ids[index] ?? '');
      // One that was deleted since its id was read is left out.
      return { data: data.filter((thread): thread is Thread => thread !== null), ...rest };
    },
    getItem: async ({ ownerId }, { threadId, itemId }) => {
      const json = (await connection.run(getItem, readKeysOf(ownerId, threadId), [itemId])) as string | null;
      return json === null ? null : (JSON.parse(json) as ThreadItem);
    },
    listItems: async ({ ownerId }, { threadId, ...page }) => {
      const reply = (await connection.run(listItems, readKeysOf(ownerId, threadId), pageArguments(page))) as ItemsReply;
      return reply && toItemPage(page, reply);
    },
    write: async (scope, change) => {
      const result = await withClaim(
        context, scope.ownerId, threadClaim(context, change.threadId),
        (claimed) => connection.run(writeThread, keysOf(scope.ownerId, change.threadId), writeArguments(scope, change, claimed)),
        (reply) => reply === 'claim',
      );
      return (result ?? 'not_found') as ThreadWriteResult;
    },
    delete: async ({ ownerId }, { threadId }) => (await connection.run(deleteThread, keysOf(ownerId, threadId), [threadId])) === 1,
    deleteOwner: ({ ownerId }) => deleteThreadsOfOwner(context, ownerId),
  };
}

export function threadClaim({ keys }: ThreadContext, threadId: string): Claim {
  return { key: keys.threadClaim(threadId), note: `t:${threadId}` };
}

export function toItemPage(page: Parameters<typeof toPage>[0], [ids, items]: [string[], string[]]): Page<ThreadItem> {
  return toPage(page, items.map((json) => JSON.parse(json) as ThreadItem), (_, index) => ids[index] ?? '');
}
