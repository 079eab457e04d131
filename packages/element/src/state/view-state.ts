import type { NoticeLevel } from '../protocol/stream-event.js';
import type { ThreadItem, UserMessageItem } from '../protocol/item.js';
import type { Thread } from '../protocol/thread.js';

export interface Progress {
  text: string;
  icon?: string | undefined;
}

export interface Notice {
  id: string;
  level: NoticeLevel;
  message: string;
  title?: string | undefined;
}

export interface StreamFailure {
  /** Missing when the server gave only a code: the view then shows its own text. */
  message?: string | undefined;
  code: string;
  allowRetry: boolean;
}

/** Everything the thread view shows for one thread. Immutable: every change is a new object. */
export interface ThreadState {
  thread: Thread | null;
  /** A contiguous run of items, oldest first, ending with the newest. */
  items: readonly ThreadItem[];
  /** Items announced with `thread.item.added` whose final state hasn't arrived. */
  unfinished: ReadonlySet<string>;
  /** What the reader just sent, shown until the server confirms it. */
  outgoing: UserMessageItem | null;
  notices: readonly Notice[];
  progress: Progress | null;
  failure: StreamFailure | null;
  streaming: boolean;
  allowCancel: boolean;
}

export function emptyThreadState(): ThreadState {
  return {
    thread: null,
    items: [],
    unfinished: new Set(),
    outgoing: null,
    notices: [],
    progress: null,
    failure: null,
    streaming: false,
    allowCancel: false,
  };
}
