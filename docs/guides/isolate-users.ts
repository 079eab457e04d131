import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';

export interface User {
  id: string;
  name: string;
}

/** `findUser`: your own check of the cookie, a JWT, or whatever your app has; null for nobody. */
export function createAssistant(findUser: (request: Request) => Promise<User | null>) {
  return createChatKit({
    store: memoryStore(),
    authenticate: async (request) => {
      const user = await findUser(request);
      return user && { ownerId: user.id, name: user.name };
    },
    async *respond({ context, userText }) {
      yield `${context.name} said: ${userText}`;
    },
  });
}
