import type { AppTypes, ChatKitServer, OwnerScope, Page, ResponseType, Schema, TypesOf } from '@chatkit-selfhost/core';
import type { ElementFetch } from '../stream/element-fetch.js';
import { createApi } from './api-fetch.js';
import type { ChatResponse } from './chat-response.js';
import { createChatStream } from './chat-stream.js';
import type { ChatKitClient, ChatKitClientOptions, ChatTurn, MessageOptions } from './chatkit-client.js';
import { errorFrom } from './chatkit-request-error.js';
import { connectClient } from './client-internals.js';
import { createMessage } from './create-message.js';
import { DEFAULT_URL } from './resolve-url.js';

/** Without the server's type, any response type may come and its data is unknown. */
type UntypedServer = ChatKitServer<{ context: OwnerScope; responseTypes: Record<string, ResponseType<Schema<unknown, unknown>>> }>;

/**
 * The server as a page sees it. `createChatKitClient<typeof chatkit>({ url })`, with `import type { chatkit } from './server'`, types the
 * replies by the server's response types.
 */
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function createChatKitClient<S extends ChatKitServer<any> = UntypedServer>(options: ChatKitClientOptions = {}): ChatKitClient<TypesOf<S>> {
  return createClient<TypesOf<S>>(options);
}

function createClient<T extends AppTypes>({ url = DEFAULT_URL, storage = 'tab', headers, fetch }: ChatKitClientOptions): ChatKitClient<T> {
  const api = createApi({ url, storage, headers, fetch });

  let element: Promise<ElementFetch> | null = null;

  /** Loaded when an element asks for something, not to show the page. */
  const elementFetch: typeof globalThis.fetch = async (...request) => {
    element ??= import('../stream/element-fetch.js').then(({ createElementFetch }) => createElementFetch(api));
    const loading = element;
    loading.catch(() => (element = null));
    return (await loading).fetch(...request);
  };

  async function send(options: MessageOptions): Promise<ChatResponse<T>> {
    const { signal } = options;
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

  const client: ChatKitClient<T> = {
    url: api.url,
    tab: api.tab,
    send,
    stream: (options: MessageOptions) => createChatStream<T>(api, options),
    history: async (page = {}) => {
      const query = new URLSearchParams(Object.entries(page).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
      const response = await api.call(`${api.url}/history?${String(query)}`, { init: {}, repeatable: true });
      if (!response.ok) throw await errorFrom(response);
      return (await response.json()) as Page<ChatTurn<T>>;
    },
    session: async () => ({ sessionId: await api.tab.token() }),
    logout: api.tab.logout,
    fetch: elementFetch,
  };
  connectClient(client, { api });
  return client;
}
