import type { MaybePromise } from '../app-types.js';
import type { TurnInfo } from '../engine/turn.js';
import type { ThreadItem } from '../protocol/index.js';
import type { ModelInputItem } from './model-input-item.js';

export interface ModelInputHistory {
  /** Pages of the thread's items, newest first, read as they are asked for. The first item is the newest: the message that is answered. */
  items: AsyncIterable<ThreadItem[]>;
  /** What the strategy before this one made, oldest first; empty for the first one. */
  input: ModelInputItem[];
  /** Items, oldest first, as model input: with the app's converters. */
  convert: (items: ThreadItem[]) => Promise<ModelInputItem[]>;
}

/** Chooses what the model gets to see of a thread. Strategies run one after the other, each on what the one before it made. */
export type ModelInputStrategy = (history: ModelInputHistory, info: TurnInfo) => MaybePromise<ModelInputItem[]>;

/** Newest items up to a limit, oldest first. `accept` says which count (and are kept). */
export async function collectNewest(items: AsyncIterable<ThreadItem[]>, limit: number, accept: (item: ThreadItem) => boolean = () => true): Promise<ThreadItem[]> {
  const collected: ThreadItem[] = [];
  for await (const page of items) {
    for (const item of page) {
      if (!accept(item)) continue;
      collected.push(item);
      if (collected.length >= limit) return collected.reverse();
    }
  }
  return collected.reverse();
}
