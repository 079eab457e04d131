import { readThreadItem, type ThreadItem } from '../protocol/index.js';

/**
 * Throws a TypeError that names the field when an item is not what its type says: stored, it would make its whole thread unreadable.
 * Types that are not known here are the app's own business.
 */
export function checkItem(item: ThreadItem): void {
  try {
    readThreadItem(item);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Unreadable stored item:? ?/, '') : '';
    throw new TypeError(`This item can't be stored: ${reason}`, { cause: error });
  }
}

/** Whether {@link checkItem} lets it pass. */
export function isSoundItem(item: ThreadItem): boolean {
  try {
    readThreadItem(item);
    return true;
  } catch {
    return false;
  }
}
