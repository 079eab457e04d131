import type { AppTypes, ChatKitServer, OwnerScope, Page, ResponseType, Schema, TypesOf } from '@chatkit-selfhost/core';
import type { ElementFetch } from '../stream/element-fetch.js';
import { createApi } from './api-fetch.js';
import type { ChatKitClient, ChatKitClientOptions, ChatTurn, MessageOptions } from './chatkit-client.js';
import { errorFrom } from './chatkit-request-error.js';
import { connectClient } from './client-internals.js';
import { loadLater } from './load-later.js';
import { DEFAULT_URL } from './resolve-url.js';
import { streamToCome } from './stream-to-come.js';
import type * as TrafficParts from './traffic-parts.js';

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
  const parts = (): Promise<typeof TrafficParts> => loadLater(api.tab, () => import('./traffic-parts.js'));
  let element: ElementFetch | null = null;

  const elementFetch: typeof globalThis.fetch = async (...request) => {
    const { createElementFetch } = await parts();
    element ??= createElementFetch(api);
    return element.fetch(...request);
  };

  const client: ChatKitClient<T> = {
    url: api.url,
    tab: api.tab,
    send: async (options: MessageOptions) => (await parts()).sendMessage<T>(api, options),
    stream: (options: MessageOptions) => streamToCome(parts().then(({ createChatStream }) => createChatStream<T>(api, options))),
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
