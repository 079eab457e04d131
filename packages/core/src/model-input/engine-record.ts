import type { Item, ThreadItem } from '../protocol/index.js';

/** What the engine keeps in a thread for itself, as hidden items: they come and go with the thread, and a retry takes back those after its message. */
export type EngineRecordKind = 'agent_history' | 'conversation_summary';

const KINDS: ReadonlySet<unknown> = new Set<EngineRecordKind>(['agent_history', 'conversation_summary']);

/** Whether an item says nothing to a model by itself: an agent's session, or a strategy, reads it. */
export function isEngineRecord(item: ThreadItem): item is Item<'hidden_context_item'> & { content: { kind: EngineRecordKind } } {
  if (item.type !== 'hidden_context_item') return false;
  const { content } = item;
  return typeof content === 'object' && content !== null && 'kind' in content && KINDS.has(content.kind);
}
