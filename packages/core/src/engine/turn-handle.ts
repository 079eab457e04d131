import type { AnyReply } from '../response/response-types.js';
import type { Item, ThreadItem, WidgetRoot } from '../protocol/index.js';
import type { ModelInputItem } from '../model-input/model-input-item.js';
import { newId, type SessionRecord, type Store } from '../store/index.js';
import { streamWidget } from '../widgets/stream-widget.js';
import { approvalCard } from './approval-card.js';
import { keepRun } from './kept-run.js';
import { pendingInputs } from './structured-input.js';
import { addReply } from './structured-text.js';
import { TextWriter } from './text-writer.js';
import { TURN_INTERNALS, type TurnInternals, type WithTurnInternals } from './turn-internals.js';
import type { TurnPipeline } from './turn-pipeline.js';
import type { Caller } from './caller.js';
import type { Trigger, TurnEvent, TurnHandle, TurnInfo } from './turn.js';
import { startWorkflow } from './workflow-handle.js';

export interface TurnHandleOptions {
  pipeline: TurnPipeline;
  caller: Caller;
  store: Store;
  runId: string;
  signal: AbortSignal;
  trigger: Trigger;
  message: Item<'user_message'> | null;
  userText: string;
  modelInput: (info: TurnInfo) => Promise<ModelInputItem[]>;
  /** The newest items of the thread when the turn began. */
  recent?: readonly ThreadItem[] | undefined;
  /** How long a request for approval can be decided. */
  approvalLifetimeMs?: number | undefined;
  /** A retry: how far an earlier try came. */
  keptRun?: string | undefined;
  /** Told of failures of what was sent without waiting. */
  onFailure: (error: unknown) => void;
}

export type EngineTurn = TurnHandle<Caller['context'], AnyReply> & WithTurnInternals;

/** The turn given to responders, tools and actions. Nothing of it is enumerable: `JSON.stringify(turn)` is `{}`. */
export function createTurnHandle(options: TurnHandleOptions): EngineTurn {
  const { pipeline, caller, store, trigger } = options;
  let modelInput: Promise<ModelInputItem[]> | null = null;

  const sendNow = (event: TurnEvent): void => {
    pipeline.emit(event).catch(options.onFailure);
  };
  const done = async <T extends ThreadItem>(item: T): Promise<T> => {
    await pipeline.emit({ type: 'thread.item.done', item });
    return item;
  };
  const base = (kind: 'message' | 'tool_call'): { id: string; thread_id: string; created_at: string } => ({
    id: newId(kind), thread_id: pipeline.thread.id, created_at: pipeline.now(),
  });

  const members: Omit<EngineTurn, typeof TURN_INTERNALS | 'thread'> = {
    context: caller.context,
    session: sessionFacts(caller.session),
    locale: caller.locale,
    requestId: caller.requestId,
    signal: options.signal,
    runId: options.runId,
    trigger,
    message: options.message,
    userText: options.userText,
    items: async (page = {}) => {
      const items = await store.threads.listItems(caller.scope, { ...page, threadId: pipeline.thread.id });
      return items ?? { data: [], has_more: false };
    },
    updateThread: (change) => pipeline.enqueue(() => pipeline.updateThread(change)),
    modelInput: () => (modelInput ??= options.modelInput(turn)),
    reply: async (reply) => {
      const checked = await pipeline.parser.check(reply);
      await pipeline.enqueue(() => addReply(pipeline, checked));
    },
    sendText: async (text, { annotations } = {}) => {
      const content = (value: string): Item<'assistant_message'>['content'] => [{ type: 'output_text', text: value, annotations: annotations ?? [] }];
      if (typeof text === 'string') return done({ type: 'assistant_message', ...base('message'), content: content(text) });
      const writer = new TextWriter(pipeline);
      for await (const delta of text) await writer.write(delta);
      return writer.end(annotations);
    },
    sendWidget: async (widget, { copyText } = {}) => {
      let itemId = '';
      for await (const event of streamWidget({ widget, copyText, threadId: pipeline.thread.id, newId: () => newId('message'), now: () => pipeline.now() })) {
        if ('item' in event) itemId = event.item.id;
        await pipeline.emit(event);
      }
      return { itemId };
    },
    updateWidget: async ({ itemId, widget }) => pipeline.enqueue(() => updateWidget(pipeline, store, caller, { itemId, widget })),
    sendProgress: (progress) => sendNow({ type: 'progress_update', ...progress }),
    sendNotice: (notice) => sendNow({ type: 'notice', ...notice }),
    sendEffect: ({ name, data }) => sendNow({ type: 'client_effect', name, data: data ?? {} }),
    startWorkflow: (workflow = {}) => startWorkflow(pipeline, workflow, { send: sendNow, onFailure: options.onFailure }),
    addHiddenContext: async (content) => {
      await done({ type: 'hidden_context_item', ...base('message'), content });
    },
    callClientTool: async (call) => {
      const ids = base('tool_call');
      // The thinking so far comes before the call, so that the turn that answers it can go on with it.
      await pipeline.enqueue(() => pipeline.storeOpenItem());
      await done({
        type: 'client_tool_call', ...ids, id: call.itemId ?? ids.id, call_id: call.callId ?? newId('tool_call'),
        status: 'pending', name: call.name, arguments: call.arguments ?? {},
      });
    },
    askUser: async (inputs) => {
      const item = await done({ type: 'structured_input', ...base('message'), status: 'pending', inputs: pendingInputs(inputs) });
      pipeline.texts.set(item.id, inputs.map(({ question }) => question).join('\n'));
    },
    requestApproval: async ({ title, details, state, widget }) => {
      const id = newId('approval');
      await store.runs.saveApproval(caller.scope, { id, threadId: pipeline.thread.id, state, lifetimeMs: options.approvalLifetimeMs });
      try {
        const item = await done({ type: 'widget', ...base('message'), widget: approvalCard({ id, title, details, widget }) });
        pipeline.texts.set(item.id, title);
      } catch (error) {
        // Nobody was asked: the state is of no use to anyone, and its thread may be gone.
        await store.runs.claimApproval(caller.scope, { id }).catch(() => null);
        throw error;
      }
    },
    emit: (event) => pipeline.emit(event),
    newId: (kind) => newId(kind),
  };

  let usedModelInput = false;
  const internals: TurnInternals = {
    get openItem() {
      return pipeline.openItem;
    },
    set openItem(item) {
      pipeline.openItem = item;
    },
    shownIds: pipeline.shownIds,
    isTaken: (itemId) => pipeline.shownIds.has(itemId) || options.recent?.some((item) => item.id === itemId) === true,
    storeSilently: (item) => pipeline.enqueue(() => pipeline.store(item)),
    showReply: async (output) => {
      const reply = pipeline.reply === null ? await pipeline.parser.parse(output) : null;
      if (reply) await pipeline.enqueue(() => addReply(pipeline, reply));
      return reply !== null;
    },
    keptRun: options.keptRun ?? null,
    keepRun: (state) => pipeline.enqueue(() => keepRun(store, caller.scope, { threadId: pipeline.thread.id, state, lifetimeMs: options.approvalLifetimeMs })),
    goesOn: false,
    now: () => pipeline.now(),
    get usedModelInput() {
      return usedModelInput;
    },
    usedSession: false,
  };

  // The handle is built of plain values, so that destructuring works; hidden from enumeration, so that it serialises to nothing.
  const turn = Object.create(null) as EngineTurn;
  const hidden: PropertyDescriptorMap = { [TURN_INTERNALS]: { value: internals }, thread: { get: () => pipeline.thread } };
  for (const [name, value] of Object.entries(members)) hidden[name] = { value: typeof value === 'function' ? guarded(pipeline, value as AnyMethod) : value };
  hidden['modelInput'] = {
    value: () => {
      if (internals.usedSession) throw new Error('The history of this turn comes from a session of the agents SDK: turn.modelInput() would send it twice.');
      usedModelInput = true;
      return pipeline.guard(members.modelInput());
    },
  };
  return Object.defineProperties(turn, hidden);
}

type AnyMethod = (...given: unknown[]) => unknown;

/** The same method; a promise that it returns may be left unawaited. */
function guarded(pipeline: TurnPipeline, method: AnyMethod): AnyMethod {
  return (...given) => {
    const result = method(...given);
    return result instanceof Promise ? pipeline.guard(result) : result;
  };
}

/** The facts alone, for what runs without a stream. */
export function sessionFacts(session: SessionRecord | null): TurnInfo['session'] {
  return session && { label: session.label, createdAt: session.createdAt };
}

/** Stores the new state and tells the client: an item that is still open is only told. */
async function updateWidget(pipeline: TurnPipeline, store: Store, caller: Caller, change: { itemId: string; widget: WidgetRoot }): Promise<void> {
  const event = { type: 'thread.item.updated' as const, item_id: change.itemId, update: { type: 'widget.root.updated' as const, widget: change.widget } };
  if (!pipeline.pending.get(change.itemId)) {
    const item = await store.threads.getItem(caller.scope, { threadId: pipeline.thread.id, itemId: change.itemId });
    if (item?.type !== 'widget') throw new Error('There is no widget with this id in the thread.');
    await pipeline.store({ ...item, widget: change.widget });
  } else pipeline.pending.update(change.itemId, event.update);
  pipeline.send(event);
}
