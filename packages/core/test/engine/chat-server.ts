import { memoryStore } from '@chatkit-selfhost/store-memory';
import { createChatKit, type ChatKitServer, type ChatKitServerOptions, type OwnerScope, type Store, type ThreadItem } from '../../src/index.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';

export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

type Options = Omit<ChatKitServerOptions<OwnerScope, Record<never, never>, Record<never, never>, OwnerScope>, 'store'> & { store?: Store; onAction?: never };

export interface ChatServer {
  chatkit: ChatKitServer;
  store: Store;
  /** One operation, to its end. */
  call: (type: string, params: object) => Promise<Called>;
  /** Makes a thread with this first message; gives its id. */
  create: (text: string) => Promise<{ threadId: string; events: ThreadStreamEvent[] }>;
  say: (threadId: string, text: string) => Promise<Called>;
  /** As stored, hidden ones included, oldest first. */
  items: (threadId: string) => Promise<ThreadItem[]>;
}

export interface Called {
  status: number;
  events: ThreadStreamEvent[];
  json: Record<string, unknown>;
}

export const owner = { ownerId: 'ada' };

/** A server whose every request is Ada's. Several on one store are nodes of one app. */
export function chatServer({ store = memoryStore(), ...options }: Options): ChatServer {
  const chatkit = createChatKit({ store, authenticate: async () => owner, logger: silent, ...options });
  return speakTo(chatkit, store);
}

export function speakTo(chatkit: ChatKitServer, store: Store): ChatServer {
  const call: ChatServer['call'] = async (type, params) => {
    const response = await chatkit.fetch(new Request('http://chat.local/agent/chatkit', { method: 'POST', body: JSON.stringify({ type, params }), headers: { 'content-type': 'application/json' } }));
    const text = await response.text();
    const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return {
      status: response.status,
      events: streamed ? text.split('\n\n').filter((frame) => frame.startsWith('data: ')).map((frame) => JSON.parse(frame.slice(6)) as ThreadStreamEvent) : [],
      json: streamed ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };
  return {
    chatkit, store, call,
    create: async (text) => {
      const { events } = await call('threads.create', { input: input(text) });
      const created = events.find((event) => event.type === 'thread.created');
      if (!created) throw new Error('No thread was created.');
      return { threadId: created.thread.id, events };
    },
    say: (threadId, text) => call('threads.add_user_message', { thread_id: threadId, input: input(text) }),
    items: async (threadId) => (await store.threads.listItems(owner, { threadId, order: 'asc', limit: 100 }))?.data ?? [],
  };
}

export function input(text: string): object {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
}

/** The texts of all messages, in order. */
export function texts(items: ThreadItem[]): string[] {
  return items.flatMap((item) => (item.type === 'user_message' || item.type === 'assistant_message' ? [item.content.map((part) => part.text).join('')] : []));
}

export function typesOf(events: ThreadStreamEvent[]): string[] {
  return events.map(({ type }) => type);
}

export function streamedText(events: ThreadStreamEvent[]): string {
  return events.map((event) => (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta' ? event.update.delta : '')).join('');
}
