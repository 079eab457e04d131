import { memoryStore } from '@chatkit-selfhost/store-memory';
import { consumeOutput } from '../../src/engine/consume-output.js';
import { createTurnHandle, type EngineTurn } from '../../src/engine/turn-handle.js';
import { TurnPipeline } from '../../src/engine/turn-pipeline.js';
import type { Trigger, TurnOutput } from '../../src/engine/turn.js';
import { toModelInput } from './to-model-input.js';
import { ResponseParser } from '../../src/response/response-parser.js';
import type { ResponseTypeRegistry } from '../../src/response/response-types.js';
import type { Item, Thread, ThreadItem, ThreadStreamEvent } from '../../src/protocol/index.js';
import type { LocalRun } from '../../src/runs/local-run.js';
import type { Store } from '../../src/store/index.js';
import type { MaybePromise, Turn } from '../../src/app-types.js';

export interface FinishedTurn {
  /** What was sent, as it went over the wire. */
  events: ThreadStreamEvent[];
  /** What is stored, oldest first. */
  items: ThreadItem[];
  error: unknown;
  store: Store;
}

export interface RunTurnOptions<TTurn> {
  respond: (turn: TTurn) => MaybePromise<TurnOutput>;
  message?: string;
  trigger?: Trigger;
  /** The registry of any app. */
  responseTypes?: object;
  /** The thread so far. */
  items?: ThreadItem[];
  signal?: AbortSignal;
  /** An earlier turn to go on from. */
  after?: FinishedTurn;
  /** The message that is answered anew: what comes after it goes with the first new item. */
  retry?: Item<'user_message'>;
  now?: () => Date;
  onEvent?: (event: ThreadStreamEvent) => void;
}

const scope = { ownerId: 'owner' };
const thread: Thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' }, metadata: {} };

export function userMessage(text: string, id = 'msg_user'): Item<'user_message'> {
  return {
    type: 'user_message', id, thread_id: thread.id, created_at: '2026-01-01T00:00:00.000Z', content: [{ type: 'input_text', text }], attachments: [],
    inference_options: {},
  };
}

/** One turn through the engine's own pipeline, handle and store, without HTTP around it. */
export async function runTurn<TTurn = Turn>(options: RunTurnOptions<TTurn>): Promise<FinishedTurn> {
  const store = options.after?.store ?? memoryStore();
  const message = options.retry ?? (options.trigger && options.trigger.type !== 'message' ? null : userMessage(options.message ?? 'Hi', `msg_user_${String(Math.random())}`));
  await store.threads.write(scope, { threadId: thread.id, create: thread, put: [...(options.items ?? []), ...(message ? [message] : [])] });

  const events: ThreadStreamEvent[] = [];
  const signal = options.signal ?? new AbortController().signal;
  const run = {
    lease: { runId: 'run_1', threadId: thread.id, fence: 1 },
    signal,
    abortReason: null,
    abort: () => undefined,
    push: (json: string) => {
      const event = JSON.parse(json) as ThreadStreamEvent;
      events.push(event);
      options.onEvent?.(event);
    },
  } as unknown as LocalRun;
  const pipeline = new TurnPipeline({
    run, threads: { ...store.threads, write: (owner, { fence: _fence, ...change }) => store.threads.write(owner, change) }, scope, thread,
    parser: new ResponseParser({ types: (options.responseTypes ?? {}) as ResponseTypeRegistry }), now: options.now ?? (() => new Date('2026-01-01T00:00:10.000Z')),
    warn: () => undefined, removeAfter: options.retry?.id,
  });
  const turn: EngineTurn = createTurnHandle({
    pipeline, store, signal, message, runId: 'run_1',
    caller: { scope, context: scope, session: null, locale: 'en', requestId: 'req_1' },
    trigger: options.trigger ?? { type: 'message', message: message ?? userMessage('') },
    userText: options.message ?? 'Hi',
    modelInput: async () => toModelInput((await store.threads.listItems(scope, { threadId: thread.id, limit: 100, order: 'asc' }))?.data ?? []),
    onFailure: (failure) => {
      throw failure;
    },
  });
  let error: unknown = null;
  try {
    await consumeOutput({ run: () => options.respond(turn as unknown as TTurn), pipeline, signal });
    await pipeline.drain();
    await pipeline.enqueue(() => pipeline.closeOpenItem());
  } catch (thrown) {
    error = thrown;
  }
  await pipeline.close();
  const items = (await store.threads.listItems(scope, { threadId: thread.id, limit: 100, order: 'asc' }))?.data ?? [];
  return { events, items, error, store };
}
