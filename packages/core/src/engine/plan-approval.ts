import { ChatKitError } from '../errors/chatkit-error.js';
import type { Item } from '../protocol/index.js';
import { readPages } from '../store/index.js';
import { APPROVE_ACTION } from './approval-card.js';
import type { Caller } from './caller.js';
import { closedCard, type ApprovalOutcome } from './closed-card.js';
import type { Engine } from './engine.js';
import { loadSender, type ActionParams } from './plan-action.js';
import type { TurnPlan } from './turn-plan.js';
import type { TurnEvent } from './turn.js';

/** The user decided: the stored state is claimed, once, and the run goes on with it. */
export function planApproval(engine: Engine, caller: Caller, params: ActionParams): TurnPlan {
  const payload = params.action.payload as { approval_id?: unknown; note?: unknown } | null | undefined;
  const id = payload?.approval_id;
  if (typeof id !== 'string') throw invalid('params.action.payload.approval_id');
  // The decision is the card's: one that is gone, or on another conversation, can't be decided.
  if (params.item_id === undefined) throw invalid('params.item_id');
  const approved = params.action.type === APPROVE_ACTION;
  const note = typeof payload?.note === 'string' ? payload.note : undefined;
  const { runs } = engine.store;
  let checked = false;
  return {
    threadId: params.thread_id,
    prepare: async () => {
      const sender = await loadSender(engine, caller, params);
      if (!sender || !JSON.stringify(sender.widget).includes(JSON.stringify(id))) throw decidedBefore();
      if (engine.approvals.onNewMessage === 'withdraw' && (await isFollowedByMessage(engine, caller, sender))) throw withdrawn();
      // First without the thread, only to refuse cheaply; the claim itself once the thread is taken.
      const claimed = checked ? await runs.claimApproval(caller.scope, { id }) : null;
      const undo = async (): Promise<void> => {
        if (claimed) await runs.saveApproval(caller.scope, { id, threadId: claimed.threadId, state: claimed.state, lifetimeMs: claimed.remainingMs });
      };
      if (checked && claimed?.threadId !== params.thread_id) {
        // Of another conversation, where it is still to be decided.
        await undo();
        throw decidedBefore();
      }
      checked = true;
      const cardAs = (outcome: ApprovalOutcome): TurnEvent => ({ type: 'thread.item.replaced', item: { ...sender, widget: closedCard(sender.widget, outcome) } });
      return {
        trigger: { type: 'approval', approved, state: claimed?.state ?? '', ...(note === undefined ? {} : { note }) },
        write: {}, prelude: [], message: null, undo,
        opening: [cardAs(approved ? 'approved' : 'rejected')],
        outdated: cardAs('outdated'),
        run: (turn) => engine.respond(turn),
      };
    },
  };
}

/** Whether the conversation has gone on since the user was asked. */
async function isFollowedByMessage({ store }: Engine, { scope }: Caller, card: Item<'widget'>): Promise<boolean> {
  for await (const items of readPages((after) => store.threads.listItems(scope, { threadId: card.thread_id, limit: 20, order: 'desc', after }))) {
    const met = items.find((item) => item.id === card.id || item.type === 'user_message');
    if (met) return met.type === 'user_message';
  }
  return false;
}

function invalid(path: string): ChatKitError {
  return new ChatKitError({ code: 'invalid_request', message: 'expected a string', status: 400, path });
}

function decidedBefore(): ChatKitError {
  return new ChatKitError({ code: 'approval_decided', message: 'This was decided before.', status: 409 });
}

function withdrawn(): ChatKitError {
  return new ChatKitError({ code: 'approval_withdrawn', message: 'The conversation has gone on since. Please ask again.', status: 409 });
}
