import type { AppTypes, MaybePromise, Turn } from '../app-types.js';
import type { CorsOptions } from '../http/cors.js';
import type { HttpResponse } from '../http/http-response.js';
import type { ItemConverters } from '../model-input/convert-items.js';
import type { ModelInputStrategy } from '../model-input/strategy.js';
import type { Thread } from '../protocol/index.js';
import type { ResponseTypesOf, SchemaMap } from '../response/response-types.js';
import type { SessionManager, SessionOptions } from '../session/session-manager.js';
import type { OwnerScope, Store, TurnRecord } from '../store/index.js';
import type { ActionHandlers, ActionMap, Actions } from './actions.js';
import type { Logger } from './engine.js';
import type { TurnInfo, TurnOutput } from './turn.js';
import type { Uploads } from './uploads.js';

/** Answers one turn: yield strings and events, return a text stream, or just use the turn's methods. */
export type Responder<T extends AppTypes = AppTypes> = (turn: Turn<T>) => MaybePromise<TurnOutput>;

export interface ChatKitLimits {
  /** Bytes of a request's body. Default 100 KB; audio and files have their own limits. */
  maxBodyBytes?: number | undefined;
  /** Levels of nesting in a request's body. Default 64. */
  maxDepth?: number | undefined;
  /** Characters of a user message. Default 32,000. */
  maxMessageChars?: number | undefined;
  /** Records of a page. Default and most 100. */
  maxPageSize?: number | undefined;
  /** Attachments of a message. Default 10. */
  maxAttachments?: number | undefined;
  /** Bytes of an uploaded file. Default 25 MiB. */
  maxUploadBytes?: number | undefined;
  /** Bytes of a dictated recording. Default 10 MiB. */
  maxAudioBytes?: number | undefined;
  /** Files of earlier messages that the model gets with each turn, the newest first; older ones become a line of text. 0: none. Default 10. */
  maxHistoryFiles?: number | undefined;
  /** Bytes of those files, all together. 0: none. The files of the message that is answered are always given, and not counted. Default 10 MiB. */
  maxHistoryFileBytes?: number | undefined;
  /** Sessions that an owner may have open. Default 100. */
  maxSessionsPerOwner?: number | undefined;
  /** Answers that may be written for an owner at once. Default 20. */
  maxRunsPerOwner?: number | undefined;
  /** Milliseconds until a turn is ended, with the text so far kept. Default 10 minutes. */
  turnTimeoutMs?: number | undefined;
}

export interface ApprovalOptions {
  /** Milliseconds for which a request for approval can be decided, and a retry can go on after an approved tool; by the store's clock. Default 7 days. */
  lifetimeMs?: number | undefined;
  /**
   * What becomes of a request that is open when the user writes a new message. `withdraw` (the default): it can't be decided any more, and its card
   * says so. `keep`: it still can, and the halted run then goes on without having seen the messages since.
   */
  onNewMessage?: 'withdraw' | 'keep' | undefined;
}

export interface ChatKitServerOptions<C extends OwnerScope, R extends SchemaMap, A extends ActionMap, S extends OwnerScope> {
  store: Store<S>;
  /**
   * Says who the caller is; null: 401. An `ownerId` that is no text, empty, or has NUL or a lone surrogate in it is the app's mistake: 500, and
   * reported. Default: a session owns its threads. Put it first if its parameters are not annotated.
   */
  authenticate?: ((request: Request, info: { session: { readonly label: string } | null }) => MaybePromise<C | null>) | undefined;
  /** What the store gets to see; required only by a store that asks for more than `ownerId`. */
  scope?: ((context: NoInfer<C>) => NoInfer<S>) | undefined;
  responseTypes?: ResponseTypesOf<R> | undefined;
  respond: Responder<{ context: NoInfer<C>; responseTypes: ResponseTypesOf<NoInfer<R>> }>;
  actions?: Actions<A> | undefined;
  onAction?: ActionHandlers<NoInfer<A>, { context: NoInfer<C>; responseTypes: ResponseTypesOf<NoInfer<R>> }> | undefined;
  /** Default: `recentMessages({ limit: 50 })`. */
  modelInput?: ModelInputStrategy | ModelInputStrategy[] | undefined;
  itemConverters?: ItemConverters | undefined;
  uploads?: Uploads | undefined;
  /** Whether the files of a thread's messages are deleted with the thread. Default false: they stay until `deleteOwner`, or are deleted one by one. */
  deleteAttachmentsWithThread?: boolean | undefined;
  /** Dictation. */
  transcribe?: ((audio: Blob, info: { context: NoInfer<C>; signal: AbortSignal }) => Promise<string>) | undefined;
  /** Whether a page of items is filled up where hidden items would make it shorter than its limit. Default false, as the official server does it; costs further reads. */
  fillPages?: boolean | undefined;
  onFeedback?: ((feedback: { kind: 'positive' | 'negative'; itemIds: string[] }, info: { context: NoInfer<C>; thread: Thread }) => MaybePromise<void>) | undefined;
  /** Gives a thread without a title one, at the end of a turn. Off by default. */
  titles?: ((turn: TurnInfo<NoInfer<C>>) => Promise<string>) | undefined;
  /** Requests for approval: how long, and until when, they can be decided. */
  approvals?: ApprovalOptions | undefined;
  /** Whether clients show a stop button. Default true. */
  allowCancel?: boolean | ((info: { thread: Readonly<Thread> }) => boolean) | undefined;
  sessions?: (Pick<SessionOptions, 'idleMs' | 'absoluteMs' | 'graceMs'> & {
    /** Where a session's token is looked for. Default `['bearer', 'header', 'body']`; `cookie` also sets one. */
    accept?: ('bearer' | 'header' | 'body' | 'cookie')[] | undefined;
  }) | undefined;
  /** What a lost connection means. Default `auto`: a stop, unless a client that asked for the answer announced that it resumes. */
  onDisconnect?: 'auto' | 'cancel' | 'finish' | undefined;
  /** Where `fetch` finds its routes. Default `/agent`. Routers of frameworks are mounted instead. */
  basePath?: string | undefined;
  cors?: CorsOptions | undefined;
  limits?: ChatKitLimits | undefined;
  hooks?: {
    /** After a turn's record was stored. */
    turnEnd?: ((turn: TurnRecord) => MaybePromise<void>) | undefined;
    /** An error whose message the user does not get to see. */
    error?: ((error: unknown, info: { requestId: string }) => void) | undefined;
  } | undefined;
  /** Default: `console`. */
  logger?: Logger | undefined;
  /** For tests. Default: the system's clock. Expiry and leases are decided by the store's own. */
  clock?: (() => Date) | undefined;
}

export interface ChatKitServer<T extends AppTypes = AppTypes> extends AsyncDisposable {
  /** Bound, web standard: `export default chatkit` (Bun, Deno, workers), `export const POST = chatkit.fetch` (Next.js). */
  fetch: (request: Request) => Promise<Response>;
  /** For adapters: `path` is what follows the place where the app mounted it. Never throws. */
  handle: (request: Request, address: { path: string }) => Promise<HttpResponse>;
  /** Migrates or checks stores and refuses unsafe ones; `fetch` awaits it. */
  ready: () => Promise<void>;
  /** Lets running turns end (at most `graceMs`, default 10 seconds; then they are stopped, their text kept), then closes what the stores opened themselves. */
  close: (options?: { graceMs?: number | undefined }) => Promise<void>;
  sessions: SessionManager;
  runs: { cancel: (run: { ownerId: string; runId: string }) => Promise<boolean> };
  /** Deletes expired sessions and requests for approval, the logs of old runs and files that no message ever had, and finishes the runs of dead nodes: once. */
  cleanup: () => Promise<{ sessions: number; runs: number; recovered: number; uploads: number }>;
  /** {@link cleanup} again and again; returns the stop. No timer runs otherwise. */
  startCleanup: (options: { everyMs: number }) => () => void;
  /** Data protection: leaves nothing of an owner in any part. Throws a TypeError for an `ownerId` that can't be one. */
  deleteOwner: (who: OwnerScope) => Promise<void>;
  /** What `limits` came to. */
  readonly maxBodyBytes: number;
  /** Types only. */
  readonly $types?: T;
}

export type TypesOf<S> = S extends { readonly $types?: infer T extends AppTypes } ? T : never;
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type InferTurn<S extends ChatKitServer<any>> = Turn<TypesOf<S>>;
