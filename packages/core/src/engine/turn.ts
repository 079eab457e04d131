import type { MaybePromise } from '../app-types.js';
import type { ModelInputItem } from '../model-input/model-input-item.js';
import type {
  ActionConfig, Annotation, ClientEffect, IconName, Item, Notice, Page, Progress, StructuredInput, Task, Thread, ThreadItem,
  ThreadStreamEvent, WidgetRoot, WorkflowSummary,
} from '../protocol/index.js';
import type { OwnerScope, PageQuery, ThreadUpdate } from '../store/index.js';

type Distribute<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What began a turn. */
export type Trigger =
  | { type: 'message' | 'retry'; message: Item<'user_message'> }
  | { type: 'client_tool_output'; item: Item<'client_tool_call'> }
  | { type: 'structured_input'; item: Item<'structured_input'> }
  /** The user decided on a request of {@link TurnHandle.requestApproval}; `state` is what that request stored. */
  | { type: 'approval'; approved: boolean; state: string; note?: string | undefined }
  | { type: 'action'; sender: Item<'widget'> | null };

/** Facts of a request, with no effects on the stream. */
export interface TurnInfo<out Context = OwnerScope> {
  /** Exactly what `authenticate` returned. Facts of the engine are beside it, never mixed in. */
  readonly context: Context;
  readonly thread: Readonly<Thread>;
  readonly session: { readonly label: string; readonly createdAt: Date } | null;
  /** First language of `Accept-Language`; `en` when there is none. */
  readonly locale: string;
  readonly requestId: string;
  /** Aborts on cancel, on the deadline, and when the run is taken over. */
  readonly signal: AbortSignal;
  /** The thread's stored items, newest first unless asked otherwise, hidden ones included. */
  items: (page?: PageQuery) => Promise<Page<ThreadItem>>;
  /** Stores the change; in a streaming turn the client is told. */
  updateThread: (change: ThreadUpdate) => Promise<void>;
}

/**
 * The one handle for responders, tools and actions. All members are bound (safe to destructure).
 * `JSON.stringify(turn)` is `{}`, so saved run state of an agent never contains the context.
 * The variance makes a tool that asks for less fit every app that has more.
 */
export interface TurnHandle<out Context, in Replies> extends TurnInfo<Context> {
  readonly runId: string;
  readonly trigger: Trigger;
  /** The user message that this turn answers; null when it answers something else. */
  readonly message: Item<'user_message'> | null;
  /** The plain text of {@link message}; '' when there is none. */
  readonly userText: string;
  /** History as model input with typed roles, made by the `modelInput` strategies on the first call. */
  modelInput: () => Promise<ModelInputItem[]>;
  /** Adds a structured reply: validated, stored, shown as its widget. Throws when the data does not fit the schema. */
  reply: (reply: Replies) => Promise<void>;
  sendText: (text: string | AsyncIterable<string>, options?: { annotations?: Annotation[] | undefined }) => Promise<Item<'assistant_message'>>;
  sendWidget: (widget: WidgetRoot | AsyncIterable<WidgetRoot>, options?: { copyText?: string | undefined }) => Promise<{ itemId: string }>;
  /** Stores and shows; also for widgets of earlier turns. */
  updateWidget: (change: { itemId: string; widget: WidgetRoot }) => Promise<void>;
  sendProgress: (progress: Progress) => void;
  sendNotice: (notice: Notice) => void;
  sendEffect: (effect: { name: ClientEffect['name']; data?: ClientEffect['data'] | undefined }) => void;
  startWorkflow: (options?: { title?: string | undefined; icon?: IconName | undefined; type?: 'custom' | 'reasoning' | undefined }) => WorkflowHandle;
  /** Context for the next model call that only the server sees. */
  addHiddenContext: (content: string) => Promise<void>;
  /**
   * These three end the turn once the responder returns; the answer starts a new turn (see `trigger`).
   * A request for approval is decided at most once, within its lifetime, and by default only until the user writes again (see `ApprovalOptions`).
   */
  callClientTool: (call: { name: string; arguments?: Record<string, unknown> | undefined; callId?: string | undefined; itemId?: string | undefined }) => Promise<void>;
  askUser: (inputs: StructuredInput[]) => Promise<void>;
  requestApproval: (request: { title: string; details?: unknown; state: string; widget?: ApprovalWidget | undefined }) => Promise<void>;
  /** The exact protocol, when the methods above are not enough. Same as yielding the event. */
  emit: (event: TurnEvent) => Promise<void>;
  newId: (kind: 'message' | 'tool_call' | 'task' | 'workflow') => string;
}

/** An open workflow item: its tasks are shown as they are added, and stored when it ends. */
export interface WorkflowHandle extends AsyncDisposable {
  readonly itemId: string;
  addTask: (task: Task) => { update: (task: Task) => void };
  /** Without a summary: the time it took. Ends by itself with the turn, collapsed. */
  end: (options?: { summary?: WorkflowSummary | undefined; expanded?: boolean | undefined }) => Promise<void>;
}

export type ApprovalWidget = (buttons: { approve: ActionConfig; reject: ActionConfig }) => WidgetRoot;

/** An item as an app emits it: the engine stamps `thread_id` and `created_at` where they are missing. */
export type NewItem = Distribute<ThreadItem, 'thread_id' | 'created_at'>;

export type TurnEvent =
  | { type: 'thread.item.added' | 'thread.item.done' | 'thread.item.replaced'; item: NewItem }
  | Exclude<ThreadStreamEvent, { type: 'thread.created' | 'thread.updated' | 'stream_options' | `thread.item.${'added' | 'done' | 'replaced'}` }>;

/** Yield strings for assistant text and events for all else; or return a text stream; or just use the turn's methods. */
// `void` is what a responder returns that only uses the turn's methods.
 
export type TurnOutput = AsyncIterable<string | TurnEvent> | void;

export type TurnFunction<T> = (turn: T) => MaybePromise<TurnOutput>;
