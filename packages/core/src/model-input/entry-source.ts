import type { ThreadItem } from '../protocol/index.js';
import type { ModelInputItem } from './model-input-item.js';

/** Where an entry of model input comes from. */
export interface EntrySource {
  item: ThreadItem;
  /** The item is the thread's newest user message: the one that is answered. */
  isCurrentMessage: boolean;
}

// Beside the entries, not in them: they go to the model as they are.
const sources = new WeakMap<ModelInputItem, EntrySource>();

/** Null: an entry that a strategy wrote itself, such as a summary. */
export function sourceOf(entry: ModelInputItem): EntrySource | null {
  return sources.get(entry) ?? null;
}

/** The entry as one made from this item. A copy: an app's converter may give the same object for several items. */
export function withSource(entry: ModelInputItem, source: EntrySource | null): ModelInputItem {
  const copy = { ...entry };
  if (source) sources.set(copy, source);
  return copy;
}
