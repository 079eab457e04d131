import { ChatKitError } from '../errors/chatkit-error.js';
import type { Attachment, Item, StreamingRequest, Thread, ThreadItem, UserMessageInput } from '../protocol/index.js';
import { notFound } from '../runs/run-hub.js';
import { newId } from '../store/index.js';
import { findKeptRun } from './kept-run.js';
import { planAction } from './plan-action.js';
import { answerStructuredInput } from './structured-input.js';
import type { Caller } from './caller.js';
import { refreshAttachment } from './refresh-attachments.js';
import type { Engine } from './engine.js';
import type { TurnPlan } from './turn-plan.js';

/** What a streaming operation is about to do; throws what can be refused without a look at the thread. */
export async function planTurn(engine: Engine, caller: Caller, request: StreamingRequest): Promise<TurnPlan> {
  switch (request.type) {
    case 'threads.create':
      return planMessage(engine, caller, { threadId: newId('thread'), create: true, input: request.params.input });
    case 'threads.add_user_message':
      return planMessage(engine, caller, { threadId: request.params.thread_id, create: false, input: request.params.input });
    case 'threads.add_client_tool_output':
      return planToolOutput(engine, caller, request.params);
    case 'threads.add_structured_input':
      return planStructuredInput(engine, caller, request.params);
    case 'threads.retry_after_item':
      return planRetry(engine, caller, request.params);
    case 'threads.custom_action':
      return planAction(engine, caller, request.params);
  }
}

/** A new user message, in a new thread (`create`: unless the owner has it already) or in one that exists. */
export async function planMessage(
  engine: Engine, caller: Caller, { threadId, create, input }: { threadId: string; create: boolean; input: UserMessageInput },
): Promise<TurnPlan> {
  checkMessage(engine, input);
  const attachments = await loadAttachments(engine, caller, { ids: input.attachments, threadId });
  const createdAt = engine.now().toISOString();
  const thread: Thread = { id: threadId, created_at: createdAt, status: { type: 'active' }, metadata: {} };
  const message: Item<'user_message'> = {
    type: 'user_message', id: newId('message'), thread_id: threadId, created_at: createdAt, content: input.content,
    attachments: attachments.map(({ upload_descriptor: _spent, ...attachment }) => ({ ...attachment, thread_id: threadId })),
    ...(input.quoted_text === undefined ? {} : { quoted_text: input.quoted_text }),
    inference_options: input.inference_options,
  };
  return {
    threadId,
    start: {
      trigger: { type: 'message', message },
      write: {
        onlyIfActive: true, put: [message],
        ...(create ? { create: thread } : {}),
        ...(input.attachments.length > 0 ? { attach: input.attachments } : {}),
      },
      prelude: [...(create ? [{ type: 'thread.created' as const, thread }] : []), { type: 'thread.item.done', item: message }],
      opening: [],
      message,
      run: (turn) => engine.respond(turn),
    },
  };
}

function checkMessage({ limits }: Engine, input: UserMessageInput): void {
  const chars = input.content.reduce((sum, part) => sum + part.text.length, input.quoted_text?.length ?? 0);
  if (chars > limits.maxMessageChars) {
    throw new ChatKitError({ code: 'message_too_long', message: `The message is longer than ${String(limits.maxMessageChars)} characters.`, status: 413, path: 'params.input.content' });
  }
  if (input.attachments.length > limits.maxAttachments) {
    throw new ChatKitError({ code: 'too_many_attachments', message: `A message can have ${String(limits.maxAttachments)} attachments.`, status: 413, path: 'params.input.attachments' });
  }
}

/** All of them, in the order given. One that is absent, another's or bound to another thread: as if it were not there. */
async function loadAttachments(engine: Engine, caller: Caller, { ids, threadId }: { ids: string[]; threadId: string }): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const found = new Map((await engine.store.threads.getAttachments(caller.scope, ids)).map((attachment) => [attachment.id, attachment]));
  const attachments = ids.map((id) => {
    const attachment = found.get(id);
    if (!attachment || (attachment.thread_id !== undefined && attachment.thread_id !== threadId)) throw notFound();
    return attachment;
  });
  await Promise.all(attachments.filter((attachment) => attachment.thread_id === undefined).map(async (attachment) => engine.uploads?.prepare?.(attachment, caller.scope)));
  return Promise.all(attachments.map((attachment) => refreshAttachment(engine, caller, attachment)));
}

/** How far back a pending call is looked for: past hidden items, workflows and the like. */
const LOOK_BACK = 100;

async function planToolOutput(engine: Engine, caller: Caller, params: { thread_id: string; result?: unknown }): Promise<TurnPlan> {
  const threadId = params.thread_id;
  const output = params.result ?? null;
  return {
    threadId,
    prepare: async () => {
      const page = await engine.store.threads.listItems(caller.scope, { threadId, limit: LOOK_BACK, order: 'desc' });
      if (!page) throw notFound();
      const calls = sinceUserMessage(page.data).filter((item) => item.type === 'client_tool_call');
      const pending = calls.find((item) => item.status === 'pending');
      const item = pending ?? repeatedCall(page.data, output);
      if (!item) throw new ChatKitError({ code: 'no_pending_call', message: 'No tool call is waiting for a result.', status: 409 });
      const completed: Item<'client_tool_call'> = { ...item, status: 'completed', output };
      const strays = calls.filter((call) => call.status === 'pending' && call.id !== item.id).map((call) => call.id);
      return {
        trigger: { type: 'client_tool_output', item: completed },
        write: { put: [completed], ...(strays.length > 0 ? { remove: strays } : {}) },
        prelude: [], opening: [], message: null,
        run: (turn) => engine.respond(turn),
      };
    },
  };
}

/** What came after the newest user message, newest first. */
function sinceUserMessage(items: ThreadItem[]): ThreadItem[] {
  const end = items.findIndex((item) => item.type === 'user_message');
  return end === -1 ? items : items.slice(0, end);
}

/** The client repeats a result that arrived before, and nothing was answered since: it is answered as if it were new. */
function repeatedCall(items: ThreadItem[], output: unknown): Item<'client_tool_call'> | undefined {
  const newest = items.find((item) => item.type !== 'sdk_hidden_context' && item.type !== 'hidden_context_item' && item.type !== 'end_of_turn' && item.type !== 'workflow');
  const equal = newest?.type === 'client_tool_call' && JSON.stringify(newest.output ?? null) === JSON.stringify(output);
  return equal ? newest : undefined;
}

async function planStructuredInput(
  engine: Engine, caller: Caller, { thread_id: threadId, item_id: itemId, input }: { thread_id: string; item_id: string; input: Parameters<typeof answerStructuredInput>[1] },
): Promise<TurnPlan> {
  return {
    threadId,
    prepare: async () => {
      const item = await engine.store.threads.getItem(caller.scope, { threadId, itemId });
      if (!item) throw notFound();
      if (item.type !== 'structured_input' || item.status !== 'pending') {
        throw new ChatKitError({ code: 'input_not_pending', message: 'This question is not waiting for an answer.', status: 409 });
      }
      const answered = answerStructuredInput(item, input);
      return {
        trigger: { type: 'structured_input', item: answered },
        write: {}, prelude: [], opening: [{ type: 'thread.item.replaced', item: answered }], message: null,
        run: (turn) => engine.respond(turn),
      };
    },
  };
}

async function planRetry(engine: Engine, caller: Caller, { thread_id: threadId, item_id: itemId }: { thread_id: string; item_id: string }): Promise<TurnPlan> {
  let taken = false;
  return {
    threadId,
    prepare: async () => {
      const item = await engine.store.threads.getItem(caller.scope, { threadId, itemId });
      if (!item) throw notFound();
      if (item.type !== 'user_message') throw new ChatKitError({ code: 'not_a_user_message', message: 'Only the answer to a user message can be tried again.', status: 409 });
      const kept = taken ? await findKeptRun(engine.store, caller.scope, { threadId, messageId: item.id }) : null;
      taken = true;
      return {
        trigger: { type: 'retry', message: item }, write: {}, prelude: [], opening: [], message: item,
        // What was shown up to there belongs to what is gone on with.
        removeAfter: kept?.after ?? item.id, keptRun: kept?.state,
        run: (turn) => engine.respond(turn),
      };
    },
  };
}
