import type { ThreadItem } from '../protocol/index.js';
import type { OwnerScope, Store } from '../store/index.js';
import { approvalIdsOf, closedCard } from './closed-card.js';
import type { TurnEvent } from './turn.js';

/**
 * A new message was sent instead of a decision: what was asked since the message before it is forgotten.
 *
 * @param recent the newest items of the thread, newest first, from the new message on.
 * @returns the cards as they are from now on.
 */
export async function withdrawApprovals(store: Store, scope: OwnerScope, recent: readonly ThreadItem[]): Promise<TurnEvent[]> {
  const events: TurnEvent[] = [];
  for (const item of recent.slice(1)) {
    if (item.type === 'user_message') break;
    const ids = item.type === 'widget' ? approvalIdsOf(item.widget) : [];
    if (item.type !== 'widget' || ids.length === 0) continue;
    for (const id of ids) await store.runs.claimApproval(scope, { id });
    events.push({ type: 'thread.item.replaced', item: { ...item, widget: closedCard(item.widget, 'withdrawn') } });
  }
  return events;
}
