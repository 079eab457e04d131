import { ChatKitError } from '../errors/chatkit-error.js';
import type { Action, Item } from '../protocol/index.js';
import { notFound } from '../runs/run-hub.js';
import { APPROVE_ACTION, REJECT_ACTION } from './approval-card.js';
import { checkPayload } from './check-payload.js';
import type { Caller } from './caller.js';
import type { ActionHandler, Engine } from './engine.js';
import { planApproval } from './plan-approval.js';
import type { TurnPlan } from './turn-plan.js';

export interface ActionParams {
  thread_id: string;
  item_id?: string | undefined;
  action: Action;
}

/** A streaming action. What 2.1 of the protocol answers with events instead of a status is part of the run. */
export async function planAction(engine: Engine, caller: Caller, params: ActionParams): Promise<TurnPlan> {
  if (params.action.type === APPROVE_ACTION || params.action.type === REJECT_ACTION) return planApproval(engine, caller, params);
  const handler = findHandler(engine, params.action);
  if (handler?.definition.streaming === false) {
    throw new ChatKitError({ code: 'action_not_streaming', message: 'This action is not a streaming one.', status: 400, path: 'params.action.type' });
  }
  const payload = handler ? await checkPayload(handler.definition, params.action.payload) : undefined;
  return {
    threadId: params.thread_id,
    prepare: async () => {
      const sender = await loadSender(engine, caller, params);
      return {
        trigger: { type: 'action', sender },
        write: {}, prelude: [], opening: [], message: null,
        run: (turn) => {
          if (!handler) throw new Error('No actions are configured: set `actions` and `onAction`.');
          return handler.handle(turn, { payload, sender });
        },
      };
    },
  };
}

/** An action answered at once, with no stream: what it returns replaces the clicked widget. */
export async function findSyncAction(engine: Engine, params: ActionParams): Promise<{ handler: ActionHandler; payload: unknown }> {
  const handler = findHandler(engine, params.action);
  if (!handler) throw new ChatKitError({ code: 'not_configured', message: 'Actions are not available here.', status: 501 });
  if (handler.definition.streaming !== false) {
    throw new ChatKitError({ code: 'action_streams', message: 'This action answers with a stream.', status: 400, path: 'params.action.type' });
  }
  return { handler, payload: await checkPayload(handler.definition, params.action.payload) };
}

function findHandler(engine: Engine, action: Action): ActionHandler | null {
  if (!engine.actions) return null;
  const handler = engine.actions.get(action.type);
  if (!handler) throw new ChatKitError({ code: 'unknown_action', message: 'There is no such action.', status: 400, path: 'params.action.type' });
  return handler;
}

/** The clicked item as stored; null when the action names none. Throws for one that is absent, or no widget. */
export async function loadSender(engine: Engine, caller: Caller, params: ActionParams): Promise<Item<'widget'> | null> {
  if (params.item_id === undefined) {
    if (!(await engine.store.threads.get(caller.scope, { threadId: params.thread_id }))) throw notFound();
    return null;
  }
  const item = await engine.store.threads.getItem(caller.scope, { threadId: params.thread_id, itemId: params.item_id });
  if (!item) throw notFound();
  if (item.type !== 'widget') throw new NotAWidgetError();
  return item;
}

/** An action on an item that is no widget: a streaming request is answered with one error event and nothing else. */
export class NotAWidgetError extends ChatKitError {
  constructor() {
    super({ code: 'not_a_widget', message: 'The item is not a widget.', status: 409 });
  }
}
