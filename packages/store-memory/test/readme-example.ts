import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';

export const chatkit = createChatKit({
  store: memoryStore({ maxThreads: 10_000 }),
  async *respond({ userText }) {
    yield `You said: ${userText}`;
  },
});
