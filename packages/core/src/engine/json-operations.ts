import { ChatKitError } from '../errors/chatkit-error.js';
import { itemToWire, pageToWire, threadToWire, type Item, type JsonRequest, type RequestOf } from '../protocol/index.js';
import { notActive, notFound } from '../runs/run-hub.js';
import { createAttachment, deleteAttachment } from './attachment-operations.js';
import type { Caller } from './caller.js';
import { deleteThread } from './delete-thread.js';
import type { Engine } from './engine.js';
import { listVisibleItems } from './list-visible-items.js';
import { findSyncAction, loadSender } from './plan-action.js';
import { refreshAttachments } from './refresh-attachments.js';
import { sessionFacts } from './turn-handle.js';
import type { TurnInfo } from './turn.js';
import { transcribe } from './transcribe.js';

/** The operations that answer with JSON: what is returned is the body, in wire form. */
export async function runJsonOperation(engine: Engine, caller: Caller, request: JsonRequest, signal: AbortSignal): Promise<unknown> {
  switch (request.type) {
    case 'threads.get_by_id':
      return getThread(engine, caller, request.params.thread_id);
    case 'threads.list': {
      const { limit, order, after } = request.params;
      const page = await engine.store.threads.list(caller.scope, { limit: cap(engine, limit), order, after });
      if (!page) throw notFound();
      return pageToWire(page, (thread) => threadToWire(thread));
    }
    case 'threads.update': {
      const { thread_id: threadId, title } = request.params;
      const written = await engine.store.threads.write(caller.scope, { threadId, update: { title } });
      const thread = written === 'written' ? await engine.store.threads.get(caller.scope, { threadId }) : null;
      if (!thread) throw notFound();
      return threadToWire(thread);
    }
    case 'threads.delete':
      return deleteThread(engine, caller, request.params.thread_id);
    case 'items.list': {
      const { thread_id: threadId, limit, order, after } = request.params;
      return itemPage(engine, caller, { threadId, limit: cap(engine, limit), order, after });
    }
    case 'items.feedback':
      return addFeedback(engine, caller, request.params);
    case 'attachments.create':
      return createAttachment(engine, caller, request.params);
    case 'attachments.delete':
      return deleteAttachment(engine, caller, request.params.attachment_id);
    case 'input.transcribe':
      return transcribe(engine, caller, request.params, signal);
    case 'threads.sync_custom_action':
      return runSyncAction(engine, caller, request.params, signal);
  }
}

function cap({ limits }: Engine, limit: number): number {
  return Math.min(limit, limits.maxPageSize);
}

async function itemPage(engine: Engine, caller: Caller, query: Parameters<typeof listVisibleItems>[2]): Promise<unknown> {
  const page = await listVisibleItems(engine, caller, query);
  return pageToWire({ ...page, data: await refreshAttachments(engine, caller, page.data) }, (item) => itemToWire(item));
}

async function getThread(engine: Engine, caller: Caller, threadId: string): Promise<unknown> {
  const [thread, items] = await Promise.all([
    engine.store.threads.get(caller.scope, { threadId }),
    itemPage(engine, caller, { threadId, limit: 20, order: 'asc' }),
  ]);
  if (!thread) throw notFound();
  return { ...threadToWire(thread), items };
}

async function addFeedback(engine: Engine, caller: Caller, params: RequestOf<'items.feedback'>['params']): Promise<unknown> {
  const thread = await engine.store.threads.get(caller.scope, { threadId: params.thread_id });
  if (!thread) throw notFound();
  // The app typed its own context; here it is what its `authenticate` returned.
  await engine.onFeedback?.({ kind: params.kind, itemIds: params.item_ids }, { context: caller.context as never, thread });
  return {};
}

async function runSyncAction(engine: Engine, caller: Caller, params: RequestOf<'threads.sync_custom_action'>['params'], signal: AbortSignal): Promise<unknown> {
  const threadId = params.thread_id;
  const thread = await engine.store.threads.get(caller.scope, { threadId });
  if (!thread) throw notFound();
  if (thread.status.type !== 'active') throw notActive();
  const sender = await loadSender(engine, caller, params);
  const { handler, payload } = await findSyncAction(engine, params);
  const turn: TurnInfo = {
    context: caller.context, thread, session: sessionFacts(caller.session), locale: caller.locale, requestId: caller.requestId, signal,
    items: async (page = {}) => (await engine.store.threads.listItems(caller.scope, { ...page, threadId })) ?? { data: [], has_more: false },
    updateThread: async (change) => {
      if ((await engine.store.threads.write(caller.scope, { threadId, update: change })) !== 'written') throw notFound();
    },
  };
  const widget = await handler.handle(turn, { payload, sender });
  if (!widget) return {};
  if (!sender) throw new ChatKitError({ code: 'no_widget', message: 'The action names no widget to replace.', status: 409 });
  const updated: Item<'widget'> = { ...sender, widget };
  // No run holds the thread for this: a retry may have removed the widget meanwhile, which must not come back.
  if ((await engine.store.threads.write(caller.scope, { threadId, onlyIfPresent: sender.id, put: [updated] })) !== 'written') throw notFound();
  return { updated_item: itemToWire(updated) };
}
