import { ChatKitError } from '../errors/chatkit-error.js';
import type { ThreadStreamEvent } from '../protocol/index.js';

/** What the client is told of an error in a stream: the message of a {@link ChatKitError}, nothing of any other. */
export function errorEvent(error: unknown): Extract<ThreadStreamEvent, { type: 'error' }> {
  if (ChatKitError.isInstance(error)) return { type: 'error', code: 'custom', message: error.message, allow_retry: error.allowRetry };
  return { type: 'error', code: 'stream.error', allow_retry: true };
}
