import type { TurnInfo } from '../engine/turn.js';
import { TURN_INTERNALS, type WithTurnInternals } from '../engine/turn-internals.js';
import type { Item, ThreadItem } from '../protocol/index.js';
import { newId } from '../store/index.js';

const KIND = 'conversation_summary';

/** What a conversation came to, from its beginning up to and with one of its items. */
export interface RunningSummary {
  text: string;
  upTo: string;
}

type SummaryItem = Item<'hidden_context_item'> & { content: RunningSummary & { kind: typeof KIND } };

/** How far back is read for the last item that the summary covers: it may have been removed. */
const MAX_UNCOVERED = 1_000;

/** How far back is read for a summary that there may be. */
const LOOK_BACK = 200;

/**
 * The thread's newest summary, and the items that it does not cover, oldest first. Kept as a hidden item, so it is there on every node and
 * after a restart, goes with the thread, and a retry takes back one that knows of what is being replaced. Without one the whole thread is
 * read; with `atLeastTo` only that far (null: not at all) and a little further.
 */
export async function readSummary(
  items: AsyncIterable<ThreadItem[]>, { atLeastTo }: { atLeastTo?: ThreadItem | null } = {},
): Promise<{ summary: RunningSummary | null; uncovered: ThreadItem[] }> {
  const uncovered: ThreadItem[] = [];
  let summary: RunningSummary | null = null;
  let beyond = atLeastTo === null ? 0 : -1;
  for await (const page of items) {
    for (const item of page) {
      const isEnough = summary ? item.id === summary.upTo || uncovered.length >= MAX_UNCOVERED : beyond >= LOOK_BACK;
      if (isEnough) return { summary, uncovered: uncovered.reverse() };
      if (item === atLeastTo || beyond >= 0) beyond += 1;
      if (!isSummary(item)) uncovered.push(item);
      // An older one is part of the newer one.
      else summary ??= item.content;
    }
  }
  return { summary, uncovered: uncovered.reverse() };
}

/** Keeps a summary with the thread. Outside of a turn of the engine there is no place for it. */
export async function storeSummary(info: TurnInfo, { text, upTo }: RunningSummary): Promise<void> {
  const internals = (info as Partial<WithTurnInternals>)[TURN_INTERNALS];
  if (!internals) return;
  await internals.storeSilently({
    type: 'hidden_context_item', id: newId('message'), thread_id: info.thread.id, created_at: internals.now(), content: { kind: KIND, text, upTo },
  });
}

function isSummary(item: ThreadItem): item is SummaryItem {
  if (item.type !== 'hidden_context_item') return false;
  const content = item.content as Partial<SummaryItem['content']> | null | undefined;
  return content?.kind === KIND && typeof content.text === 'string' && typeof content.upTo === 'string';
}
