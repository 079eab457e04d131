import type { Item } from '../protocol/index.js';
import { newId } from '../store/index.js';

/** The hidden note that tells the model that the user stopped an answer. */
export function cancellationMarker(threadId: string, createdAt: string): Item<'sdk_hidden_context'> {
  return {
    type: 'sdk_hidden_context',
    id: newId('sdk_hidden_context'),
    thread_id: threadId,
    created_at: createdAt,
    content: 'The user stopped the previous answer. Do not continue with it unless asked to.',
  };
}
