import type { Turn } from '../../app-types.js';
import type { TurnEvent } from '../../engine/turn.js';
import { ChatKitError } from '../../errors/chatkit-error.js';
import { readThreadItem } from '../../protocol/index.js';
import { runAgentOp } from './run-agent-op.js';
import { changeThread, saveThread } from './thread-ops.js';
import type { OpContext } from './op-context.js';
import { createWorkflowOps } from './workflow-ops.js';
import { isJson, type Json, type Op } from './vector.js';

type Progress = Parameters<Turn['sendProgress']>[0];
type Effect = Parameters<Turn['sendEffect']>[0];
type Widget = Parameters<Turn['sendWidget']>[0];

/** How long a client that leaves after some frames is given to read what was sent. */
const PAUSE_MS = 20;

/** Runs the ops of a vector one after the other. */
export async function runOps(ops: Op[], context: OpContext): Promise<void> {
  const workflow = createWorkflowOps(context.turn);
  for (const op of ops) {
    await pauseForClient(context);
    if ('workflow' in op) await workflow(op['workflow'] as Json);
    else await runOp(op, context);
  }
}

/** One op that any of the app's functions may do. */
export async function runOp(op: Op, context: OpContext): Promise<void> {
  const { turn } = context;
  const [[name, value] = ['', undefined]] = Object.entries(op);
  switch (name) {
    case 'yield':
      return emit(value as Json, context);
    case 'yield_again': {
      const { type, item_id: id } = value as { type: string; item_id: string };
      return turn.emit({ type, item: context.items.get(id) } as unknown as TurnEvent);
    }
    case 'mutate':
      return pushInto(value as { item_id: string; path: string; push: unknown }, context);
    case 'set_thread':
    case 'set':
      return changeThread(op, turn);
    case 'save_thread':
      return saveThread(context);
    case 'save_item':
      return saveItem(value as Json, context);
    case 'stream_widget': {
      const copyText = op['copy_text'];
      await turn.sendWidget(widgetStates(value), typeof copyText === 'string' ? { copyText } : {});
      return;
    }
    case 'update_widget': {
      const { item_id: itemId, widget } = value as { item_id: string; widget: Parameters<Turn['updateWidget']>[0]['widget'] };
      return turn.updateWidget({ itemId, widget });
    }
    case 'agent':
      return runAgentOp(value as Json, context);
    case 'hidden':
      if (typeof value === 'string') return turn.addHiddenContext(value);
      return turn.emit({ type: 'thread.item.done', item: { type: 'hidden_context_item', id: turn.newId('message'), content: value } });
    case 'progress':
      return turn.sendProgress((typeof value === 'string' ? { text: value } : value) as Progress);
    case 'effect':
      return turn.sendEffect((typeof value === 'string' ? { name: value } : value) as Effect);
    case 'client_tool':
      return turn.callClientTool(value as Parameters<Turn['callClientTool']>[0]);
    case 'throw':
      return raise(value as Json, turn);
    case 'wait':
    case 'cancel':
    case 'close':
      return waitForAbort(context);
    default:
      throw new Error(`unknown op ${JSON.stringify(op).slice(0, 80)}`);
  }
}

function emit(event: Json, { turn, items }: OpContext): Promise<void> {
  const item = event['item'];
  if (isJson(item)) items.set(String(item['id']), item);
  return turn.emit(event as unknown as TurnEvent);
}

/** Pushes to a list inside an item that was emitted before, as an app that keeps its objects does. */
function pushInto({ item_id: id, path, push }: { item_id: string; path: string; push: unknown }, { items }: OpContext): void {
  let target: unknown = items.get(id);
  for (const name of path.split('.')) target = isJson(target) ? target[name] : undefined;
  if (!Array.isArray(target)) throw new Error(`there is no list at ${path} of ${id}`);
  target.push(push);
}

async function saveItem(item: Json, { turn, store, scope }: OpContext): Promise<void> {
  const complete = readThreadItem({ thread_id: turn.thread.id, created_at: turn.thread.created_at, ...item });
  await store.threads.write(scope, { threadId: turn.thread.id, put: [complete] });
}

function widgetStates(value: unknown): Widget {
  if (!Array.isArray(value)) return value as Widget;
  const states = value as unknown[];
  return (async function* () {
    yield* states;
  })() as Widget;
}

/** Throws as an app does; what an app can't throw is sent as the event it would have become. */
async function raise(error: Json, turn: Turn): Promise<void> {
  const message = typeof error['message'] === 'string' ? error['message'] : 'the app failed';
  const { kind, allow_retry: allowRetry, code = 'stream.error' } = error;
  if (kind === 'custom') throw new ChatKitError({ code: 'custom', message: typeof error['message'] === 'string' ? message : '', allowRetry: allowRetry === true });
  const isPlain = kind !== 'stream' || (code === 'stream.error' && allowRetry !== false);
  if (isPlain) throw new Error(message);
  await turn.emit({ type: 'error', code, allow_retry: allowRetry === true } as unknown as TurnEvent);
}

async function waitForAbort({ turn, timing }: OpContext): Promise<void> {
  timing.responderWaits.happen();
  if (turn.signal.aborted) return;
  await new Promise((resolve) => turn.signal.addEventListener('abort', resolve, { once: true }));
}

/** The app and its client go at their own speeds; where the client leaves in between, the app waits here for that. */
async function pauseForClient(context: OpContext): Promise<void> {
  const { timing, pausesAfter } = context;
  if (pausesAfter === undefined) return;
  const deadline = Date.now() + PAUSE_MS;
  while (timing.framesRead < pausesAfter && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  if (timing.framesRead >= pausesAfter) await waitForAbort(context);
}
