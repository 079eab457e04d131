import type { MaybePromise } from '../app-types.js';
import type { ActionDefinition } from './actions.js';
import type { ItemConverters } from '../model-input/convert-items.js';
import type { ModelInputStrategy } from '../model-input/strategy.js';
import type { Thread, WidgetRoot } from '../protocol/index.js';
import type { ResponseParser } from '../response/response-parser.js';
import type { RunHub } from '../runs/run-hub.js';
import type { Store, TurnRecord } from '../store/index.js';
import type { EngineTurn } from './turn-handle.js';
import type { TurnInfo, TurnOutput } from './turn.js';
import type { Uploads } from './uploads.js';

export type Logger = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

export interface ActionHandler {
  definition: ActionDefinition;
  /** Streaming actions get the whole turn, others its facts. */
  handle: (turn: EngineTurn | TurnInfo, event: { payload: unknown; sender: unknown }) => MaybePromise<WidgetRoot | undefined>;
}

export interface EngineLimits {
  maxBodyBytes: number;
  maxDepth: number;
  maxMessageChars: number;
  maxPageSize: number;
  maxAttachments: number;
  maxUploadBytes: number;
  maxAudioBytes: number;
  maxHistoryFiles: number;
  maxHistoryFileBytes: number;
  maxSessionsPerOwner: number;
  maxRunsPerOwner: number;
  turnTimeoutMs: number;
}

/** What the parts of the engine share: the app's functions without its types. */
export interface Engine {
  store: Store;
  hub: RunHub;
  parser: ResponseParser;
  respond: (turn: EngineTurn) => MaybePromise<TurnOutput>;
  actions: Map<string, ActionHandler> | null;
  modelInput: ModelInputStrategy[];
  itemConverters: ItemConverters;
  uploads: Uploads | null;
  deleteAttachmentsWithThread: boolean;
  fillPages: boolean;
  transcribe: ((audio: Blob, info: { context: never; signal: AbortSignal }) => Promise<string>) | null;
  onFeedback: ((feedback: { kind: 'positive' | 'negative'; itemIds: string[] }, info: { context: never; thread: Thread }) => MaybePromise<void>) | null;
  titles: ((turn: TurnInfo<never>) => Promise<string>) | null;
  approvals: { lifetimeMs: number; onNewMessage: 'withdraw' | 'keep' };
  streamOptions: (info: { thread: Thread }) => { allow_cancel: boolean };
  onDisconnect: 'auto' | 'cancel' | 'finish';
  limits: EngineLimits;
  now: () => Date;
  logger: Logger;
  /** Runs in the background: `close` waits for them. */
  track: (work: Promise<unknown>) => void;
  readonly background: ReadonlySet<Promise<unknown>>;
  turnEnd: (record: TurnRecord) => MaybePromise<void>;
  /** Logs an unexpected error with the request's id and tells the app's hook. */
  report: (error: unknown, info: { requestId: string }) => void;
}
