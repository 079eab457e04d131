import type { ChatKitClient } from '../api/chatkit-client.js';

export type FeedbackKind = 'positive' | 'negative';

export interface FeedbackTarget {
  client: ChatKitClient;
  threadId: string;
  /** What was chosen so far, by the id of a response's first item. */
  given: Map<string, FeedbackKind>;
  /** Another choice is to be shown. */
  changed: () => void;
}

/** Says what the reader thinks of a response. It shows at once; where the server refuses, what was before comes back. */
export async function giveFeedback({ client, threadId, given, changed }: FeedbackTarget, itemIds: string[], kind: FeedbackKind): Promise<void> {
  const [first] = itemIds;
  if (first === undefined || given.get(first) === kind) return;
  const before = given.get(first);
  given.set(first, kind);
  changed();
  try {
    await client.call('items.feedback', { thread_id: threadId, item_ids: itemIds, kind });
  } catch (error) {
    // Chosen anew in the meantime: then that stands.
    if (given.get(first) === kind) {
      if (before) given.set(first, before);
      else given.delete(first);
      changed();
    }
    throw error;
  }
}
