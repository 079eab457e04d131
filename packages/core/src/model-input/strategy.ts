import type { MaybePromise } from '../app-types.js';
import type { TurnInfo } from '../engine/turn.js';
import type { ThreadItem } from '../protocol/index.js';
import type { ModelInputItem } from './model-input-item.js';

export interface ModelInputHistory {
  /** Pages of the thread's items, newest first, read as they are asked for; to be gone through as often as needed. Most often the first item is the message that is answered. */
  items: AsyncIterable<ThreadItem[]>;
  /** What the strategy before this one made, oldest first; empty for the first one. */
  input: ModelInputItem[];
  /** Items, oldest first, as model input: with the app's converters, each item once however often it is asked for. Only the newest user message of the thread has its quote. */
  convert: (items: ThreadItem[]) => Promise<ModelInputItem[]>;
}

/**
 * Chooses what the model gets to see of a thread. Strategies run one after the other, each on what the one before it made. Entries are
 * known by identity as what one item says: pass them on rather than copies where they stay as they are.
 */
export type ModelInputStrategy = (history: ModelInputHistory, info: TurnInfo) => MaybePromise<ModelInputItem[]>;
