import type { Task } from '../protocol/index.js';
import type { NewItem } from './turn.js';

/** A workflow that is being shown: it closes itself when something else is. */
export interface OpenItem {
  itemId: string;
  /** Closes it and gives its final state; null when it was closed before, or when there is nothing to show of it. */
  close: () => NewItem | null;
  /** Its state so far: stored before the page is asked for something, so that the turn that answers can go on with it. */
  current?: (() => NewItem | null) | undefined;
  /** Adds a task to it. */
  addTask?: ((task: Task) => void) | undefined;
  /** Items that may be shown beside it without ending it. */
  keeps?: ((item: { id: string; type: string }) => boolean) | undefined;
}
