import type { AppTypes } from '@chatkit-selfhost/core';
import type { Api } from './api-fetch.js';
import type { ChatResponse } from './chat-response.js';
import type { MessageOptions } from './chatkit-client.js';
import { errorFrom } from './chatkit-request-error.js';
import { createMessage } from './create-message.js';

/** Waits for the whole answer. */
export async function sendMessage<T extends AppTypes>(api: Api, options: MessageOptions): Promise<ChatResponse<T>> {
  const { signal } = options;
  signal?.throwIfAborted();
  const message = createMessage(api, options);
  const onAbort = (): void => void message.cancel().catch(() => undefined);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await message.post('/chat', signal ? { signal } : {});
    if (!response.ok) throw await errorFrom(response);
    return (await response.json()) as ChatResponse<T>;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
