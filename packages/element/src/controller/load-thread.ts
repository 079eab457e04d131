import type { ChatKitClient } from '../api/chatkit-client.js';
import type { ThreadItem } from '../protocol/item.js';
import type { Thread } from '../protocol/thread.js';
import { normalizeItems } from '../state/normalize-item.js';
import { prependItems } from '../state/item-list.js';

/** Items asked for at a time when walking back through a long thread. */
export const pageSize = 40;

export interface LoadedThread {
  thread: Thread;
  items: ThreadItem[];
  older: { hasMore: boolean; after: string | undefined };
}

/**
 * Opens a thread at its end. The server's first page holds the oldest items; when there
 * are more than that, the newest are read backwards until at least `count` are there,
 * so that a thread of any length opens with the same few requests.
 */
export async function loadThread(client: ChatKitClient, threadId: string, count: number, signal: AbortSignal): Promise<LoadedThread> {
  const { items: firstPage, ...thread } = await client.call('threads.get_by_id', { thread_id: threadId }, signal);
  if (!firstPage?.has_more) {
    return { thread, items: normalizeItems(firstPage?.data), older: { hasMore: false, after: undefined } };
  }
  let items: ThreadItem[] = [];
  let older: LoadedThread['older'] = { hasMore: true, after: undefined };
  do {
    const page = await loadOlderPage(client, threadId, older.after, signal);
    items = prependItems(items, page.items);
    older = page.older;
  } while (older.hasMore && items.length < count);
  return { thread, items, older };
}

/** One page of items older than the cursor, oldest first. */
export async function loadOlderPage(
  client: ChatKitClient,
  threadId: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<{ items: ThreadItem[]; older: LoadedThread['older'] }> {
  const page = await client.call(
    'items.list',
    { thread_id: threadId, limit: pageSize, order: 'desc', ...(after === undefined ? {} : { after }) },
    signal,
  );
  // A page may be empty with more to come (hidden items are left out); without a new cursor there is no way on.
  const hasMore = page.has_more === true && page.after !== undefined && page.after !== after;
  return { items: normalizeItems(page.data).reverse(), older: { hasMore, after: page.after } };
}
