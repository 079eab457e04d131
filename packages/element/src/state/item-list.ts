import type { ThreadItem } from '../protocol/item.js';

/** Searches from the end: what changes is nearly always among the newest items. */
export function indexOfItem(items: readonly ThreadItem[], id: string): number {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    if (items[index]?.id === id) return index;
  }
  return -1;
}

/** Replaces the item with the same id in its place, or appends it. */
export function upsertItem(items: readonly ThreadItem[], item: ThreadItem): ThreadItem[] {
  const index = indexOfItem(items, item.id);
  if (index < 0) return [...items, item];
  const next = [...items];
  next[index] = item;
  return next;
}

export function removeItem(items: readonly ThreadItem[], id: string): readonly ThreadItem[] {
  return items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items;
}

/** Puts a page of older items before the ones on screen, without ever showing one twice. */
export function prependItems(items: readonly ThreadItem[], older: readonly ThreadItem[]): ThreadItem[] {
  const known = new Set(items.map((item) => item.id));
  return [...older.filter((item) => !known.has(item.id)), ...items];
}

/** Everything up to and including this item; all items when it isn't there. */
export function itemsUpTo(items: readonly ThreadItem[], id: string): readonly ThreadItem[] {
  const index = indexOfItem(items, id);
  return index < 0 ? items : items.slice(0, index + 1);
}

/** Id of the newest user message at or before the given index. */
export function userMessageBefore(items: readonly ThreadItem[], index: number): string | undefined {
  for (let position = Math.min(index, items.length - 1); position >= 0; position -= 1) {
    const item = items[position];
    if (item?.type === 'user_message') return item.id;
  }
  return undefined;
}
