import type { AppTypes, MaybePromise, Page, PageQuery } from '@chatkit-selfhost/core';
import type { TabSession } from '../session/tab-session.js';
import type { ChatResponse } from './chat-response.js';

export interface SendOptions {
  message: string;
  /** Default: the session's current thread. */
  threadId?: string | undefined;
  /** Sending again with the same key gives the same answer. Default: one for each call, kept over its own retries. */
  idempotencyKey?: string | undefined;
  /** Stops the answer on the server as well. */
  signal?: AbortSignal | undefined;
}

/** What a message is made of inside: a label that only the plain functions take. */
export interface MessageOptions extends SendOptions {
  userId?: string | undefined;
}

/** Iterate for text deltas, await `response` for the whole; both come from one request. */
export interface ChatStream<T extends AppTypes> extends AsyncIterable<string> {
  response: Promise<ChatResponse<T>>;
  /**
   * Stops the answer on the server; what was written so far is kept there. Says it again for two minutes while the network is away. What
   * was not sent yet is not sent.
   */
  cancel: () => Promise<void>;
}

export interface ChatTurn<T extends AppTypes> {
  user_message: string;
  created_at: string;
  response: ChatResponse<T>;
}

export interface ChatKitClient<T extends AppTypes = AppTypes> {
  /** Where the server's routes are, absolute, without a slash at the end. */
  readonly url: string;
  /** This tab's session and thread. */
  readonly tab: TabSession;
  /** Rejects with {@link ChatKitRequestError} when refused; an answer that failed on the way is of type `error`. */
  send: (options: SendOptions) => Promise<ChatResponse<T>>;
  stream: (options: SendOptions) => ChatStream<T>;
  /** This session's turns, newest first unless asked otherwise. */
  history: (page?: PageQuery) => Promise<Page<ChatTurn<T>>>;
  /** The tab's session: restored, or created by the first call. */
  session: () => Promise<{ sessionId: string }>;
  /** Ends the session on the server and forgets it here. Streams that are being read end; their answers are finished on the server. */
  logout: () => Promise<void>;
  /** Adds the credential below this API's address only; splices dropped streams. Give it to the official element as `api.fetch`. */
  fetch: typeof fetch;
}

export interface ChatKitClientOptions {
  /** Where the server's routes are, relative or absolute. Default `http://localhost:8000/agent`, for development. */
  url?: string | undefined;
  /**
   * `tab` (default): `sessionStorage`, kept over refresh and navigation; in memory where that is denied. `none`: in memory. Any other
   * storage, such as `localStorage`: one session for all tabs that see it; pages that go away leave it open.
   */
  storage?: Storage | 'tab' | 'none' | undefined;
  /** Sent with every request to the API, such as the app's own `authorization`. */
  headers?: (() => MaybePromise<HeadersInit>) | undefined;
  fetch?: typeof fetch | undefined;
}
