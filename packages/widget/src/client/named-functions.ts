import type { AppTypes, OwnerScope, ResponseType, Schema } from '@chatkit-selfhost/core';
import type { ChatResponse } from './chat-response.js';
import type { ChatKitClient, ChatKitClientOptions, MessageOptions } from './chatkit-client.js';
import { errorFrom } from './chatkit-request-error.js';
import { createChatKitClient } from './create-chatkit-client.js';
import { pageId } from '../session/page-lifetime.js';
import { resolveUrl, DEFAULT_URL } from './resolve-url.js';

type AnyResponse = ChatResponse<{ context: OwnerScope; responseTypes: Record<string, ResponseType<Schema<unknown, unknown>>> }>;

/** A message as the API takes it. */
export interface ChatKitMessage {
  message: string;
  /** Default: this tab's session. */
  session_id?: string | undefined;
  /** An unverified label. */
  user_id?: string | undefined;
  thread_id?: string | undefined;
}

export type ChatKitResponse = AnyResponse;

export interface ChatKitSessionResponse {
  session_id: string;
  /** RFC 3339, UTC. */
  created_at: string;
}

/** This tab's session. */
export interface ChatKitSession {
  sessionId: string;
}

type Where = Omit<ChatKitClientOptions, 'storage'>;

interface KnownClient {
  key: string;
  headers: Where['headers'];
  fetch: Where['fetch'];
  client: ChatKitClient<AppTypes>;
}

const MOST_CLIENTS = 20;
const known: KnownClient[] = [];

/** One client for each address and session, of the last few: they share what the tab remembers. */
function clientOf({ headers, fetch, ...where }: Where, sessionId?: string): ChatKitClient<AppTypes> {
  const url = resolveUrl(where.url ?? DEFAULT_URL);
  const key = `${url} ${sessionId ?? ''}`;
  const index = known.findIndex((entry) => entry.key === key && entry.headers === headers && entry.fetch === fetch);
  const [entry = { key, headers, fetch, client: newClient({ url, headers, fetch }, sessionId) }] = index < 0 ? [] : known.splice(index, 1);
  known.push(entry);
  if (known.length > MOST_CLIENTS) known.shift();
  return entry.client;
}

function newClient(where: Where, sessionId: string | undefined): ChatKitClient<AppTypes> {
  return createChatKitClient({ ...where, ...(sessionId === undefined ? {} : { storage: fixedSession(sessionId) }) });
}

/** A session that the caller holds itself: it lives for as long as the caller wants, not as long as the page. */
function fixedSession(sessionId: string): Storage {
  let text: string | null = JSON.stringify({ sessionId, threadId: null, heldBy: pageId });
  return { length: 1, key: () => null, clear: () => (text = null), getItem: () => text, setItem: (_key, value) => (text = value), removeItem: () => (text = null) };
}

/** Creates a session that the caller keeps. Throws {@link ChatKitRequestError} when refused. */
export async function createChatKitSession(userId?: string, where: Where = {}): Promise<ChatKitSessionResponse> {
  const { url = DEFAULT_URL, fetch = globalThis.fetch, headers } = where;
  const sent = new Headers(await headers?.());
  sent.set('content-type', 'application/json');
  const response = await fetch(`${resolveUrl(url)}/session`, { method: 'POST', headers: sent, body: JSON.stringify(userId === undefined ? {} : { user_id: userId }) });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()) as ChatKitSessionResponse;
}

/** Sends a message and waits for the whole answer. */
export async function sendChatKitMessage(message: ChatKitMessage, where: Where & { signal?: AbortSignal | undefined } = {}): Promise<ChatKitResponse> {
  const { signal, ...rest } = where;
  return clientOf(rest, message.session_id).send(toMessageOptions(message, signal));
}

/** Sends a message; the stream gives the answer's text as it comes. Cancelling the stream stops the answer. */
export function streamChatKitMessage(message: ChatKitMessage, where: Where & { signal?: AbortSignal | undefined } = {}): ReadableStream<string> {
  const { signal, ...rest } = where;
  const stream = clientOf(rest, message.session_id).stream(toMessageOptions(message, signal));
  const deltas = stream[Symbol.asyncIterator]();
  return new ReadableStream<string>({
    async pull(controller) {
      const next = await deltas.next();
      if (!next.done) return controller.enqueue(next.value);
      const answer = await stream.response;
      if (answer.type === 'error') controller.error(new Error(answer.message));
      else controller.close();
    },
    cancel: () => stream.cancel(),
  });
}

function toMessageOptions({ message, thread_id: threadId, user_id: userId }: ChatKitMessage, signal: AbortSignal | undefined): MessageOptions {
  return { message, threadId, userId, signal };
}
