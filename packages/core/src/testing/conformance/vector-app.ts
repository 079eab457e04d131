import type { Turn } from '../../app-types.js';
import { defineActions, type ActionMap } from '../../engine/actions.js';
import { createChatKit } from '../../engine/create-chatkit.js';
import type { ChatKitServer } from '../../engine/options.js';
import type { TurnInfo } from '../../engine/turn.js';
import type { UploadBegun, Uploads } from '../../engine/uploads.js';
import { itemToWire, type Item, type ThreadItem } from '../../protocol/index.js';
import { newId, type OwnerScope, type Store } from '../../store/index.js';
import { createClock } from './clock.js';
import { failingStore } from './failing-store.js';
import { runOps } from './run-ops.js';
import { OWNER_HEADER } from './send-request.js';
import { StepTiming } from './step-timing.js';
import { isJson, type Json, type Op, type Vector, type VectorStep } from './vector.js';

/** An app whose functions do what the current step of a vector says. */
export interface VectorApp {
  chatkit: ChatKitServer;
  /** Makes this the current step. */
  begin: (step: VectorStep, scope: OwnerScope) => StepTiming;
  /** What the app's function was given in the current step; null: it was not called. */
  calledWith: () => Json | null;
}

export function createVectorApp(vector: Vector, store: Store): VectorApp {
  let step: VectorStep = {};
  let scope: OwnerScope = { ownerId: vector.owner };
  let timing = new StepTiming();
  let calledWith: Json | null = null;

  const doOps = (turn: Turn, ops: Op[]): Promise<void> => {
    const waits = ops.some((op) => 'wait' in op || 'cancel' in op || 'close' in op);
    return runOps(ops, { turn, store, scope, timing, items: new Map(), pausesAfter: waits ? undefined : step.abort_after_events });
  };
  const { options, steps } = vector;
  const { respondTo, ...functions } = {
    respondTo: async (turn: Turn) => {
      calledWith = { input: wire(turn.message) };
      await doOps(turn, step.respond ?? []);
    },
    ...actionsOf(steps, {
      streaming: async (turn, action, sender) => {
        calledWith = { action, sender: wire(sender) };
        await doOps(turn, step.action ?? []);
      },
      sync: async (turn, action, sender) => {
        calledWith = { action, sender: wire(sender) };
        const { ops = [], updated_item: item } = step.sync_action ?? {};
        await doOps(turn as Turn, ops);
        // An action answers with a widget: an item of another type can't be its answer.
        return item?.['type'] === 'widget' ? (item['widget'] as Item<'widget'>['widget']) : undefined;
      },
    }),
    ...(options.attachment_store === false ? {} : { uploads: uploadsOf(() => step, (given) => (calledWith = given)) }),
    ...(steps.some((one) => 'transcribe' in one) ? { transcribe: async (audio: Blob) => {
      calledWith = await describeAudio(audio);
      return typeof step.transcribe === 'string' ? step.transcribe : (step.transcribe?.text ?? '');
    } } : {}),
    ...(steps.some((one) => 'feedback' in one) ? { onFeedback: ({ kind, itemIds }: { kind: string; itemIds: string[] }, { thread }: { thread: { id: string } }) => {
      calledWith = { thread_id: thread.id, item_ids: itemIds, kind };
    } } : {}),
  };

  const chatkit = createChatKit({
    authenticate: (request: Request) => ({ ownerId: request.headers.get(OWNER_HEADER) ?? vector.owner }),
    store: options.store_fails_on ? failingStore(store, options.store_fails_on) : store,
    respond: respondTo,
    ...functions,
    allowCancel: () => {
      if (options.stream_options_throw) throw new Error('the stream options failed');
      return options.allow_cancel ?? true;
    },
    deleteAttachmentsWithThread: options.delete_attachments_with_thread,
    fillPages: options.fill_pages,
    basePath: '/',
    clock: createClock(options.clock),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return {
    chatkit: chatkit,
    begin: (next, nextScope) => {
      [step, scope, timing, calledWith] = [next, nextScope, new StepTiming(), null];
      return timing;
    },
    calledWith: () => calledWith,
  };
}

const silent = (): void => undefined;

function wire(item: ThreadItem | null): unknown {
  return item && (JSON.parse(JSON.stringify(itemToWire(item))) as unknown);
}

interface ActionFunctions {
  streaming: (turn: Turn, action: Json, sender: Item<'widget'> | null) => Promise<void>;
  sync: (turn: TurnInfo, action: Json, sender: Item<'widget'> | null) => Promise<Item<'widget'>['widget'] | undefined>;
}

/** Every action type that a step with a handler asks for, or none: then the app has no actions at all. */
function actionsOf(steps: VectorStep[], functions: ActionFunctions): object {
  const handled = steps.filter((step) => 'action' in step || 'sync_action' in step);
  if (handled.length === 0) return {};
  const definitions: ActionMap = {};
  const handlers: Record<string, unknown> = {};
  for (const step of handled) {
    const type = actionTypeOf(step.request);
    const streaming = 'action' in step;
    definitions[type] = { streaming };
    handlers[type] = (turn: Turn, { payload, sender }: { payload: unknown; sender: Item<'widget'> | null }) =>
      functions[streaming ? 'streaming' : 'sync'](turn, { type, payload: payload ?? null }, sender);
  }
  return { actions: defineActions(definitions), onAction: handlers };
}

function actionTypeOf(request: Json | undefined): string {
  const params = isJson(request?.['params']) ? request['params'] : {};
  const action = isJson(params['action']) ? params['action'] : {};
  return typeof action['type'] === 'string' ? action['type'] : '';
}

function uploadsOf(step: () => VectorStep, called: (given: Json) => void): Uploads {
  return {
    begin: ({ name, size, mimeType }) => {
      called({ name, size, mime_type: mimeType });
      const given = (step().create_attachment ?? {}) as { upload_descriptor?: UploadBegun['descriptor']; preview_url?: string; metadata?: Json };
      const descriptor = given.upload_descriptor && { ...given.upload_descriptor, headers: (given.upload_descriptor as { headers?: Record<string, string> }).headers ?? {} };
      return Promise.resolve({ descriptor, previewUrl: given.preview_url, metadata: given.metadata });
    },
    read: () => Promise.resolve(null),
    delete: ({ attachmentId }) => {
      called({ attachment_id: attachmentId });
      return Promise.resolve();
    },
    newId: () => {
      const given = step().create_attachment?.['id'];
      return typeof given === 'string' ? given : newId('attachment');
    },
  };
}

async function describeAudio(audio: Blob): Promise<Json> {
  const [mediaType = ''] = audio.type.split(';');
  return { audio_base64: Buffer.from(await audio.arrayBuffer()).toString('base64'), mime_type: audio.type, media_type: mediaType.trim() };
}
