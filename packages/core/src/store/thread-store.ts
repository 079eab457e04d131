import type { Attachment, Page, Thread, ThreadItem, ThreadStatus } from '../protocol/index.js';
import type { NewTurnRecord } from './history-store.js';
import type { OwnerScope } from './owner-scope.js';
import type { PageQuery } from './page-query.js';
import type { Lease, RunEnd, RunRecord, RunStart } from './run-store.js';
import type { StorePart } from './store-part.js';

/** What may change of a thread. An absent field stays as it is; null clears it (`metadata` to `{}`, `status` to active). */
export interface ThreadUpdate {
  title?: string | null | undefined;
  status?: ThreadStatus | null | undefined;
  allowedImageDomains?: string[] | null | undefined;
  /** Replaces the whole object. Never sent to a client. */
  metadata?: Record<string, unknown> | null | undefined;
}

/**
 * One atomic change of one thread: all of it or nothing. Applied in the order of the fields here.
 */
export interface ThreadWrite {
  threadId: string;
  /** Fence of the run that writes. Lower than the thread has seen: `stale_run`, nothing is written. Else the thread remembers it. Absent: not checked. */
  fence?: number | undefined;
  /** Refuse with `not_active` unless the thread is active (a thread made by `create` counts as its own status says). */
  onlyIfActive?: boolean | undefined;
  /** Refuse with `not_found` unless the thread has this item. */
  onlyIfPresent?: string | undefined;
  /** Makes the thread unless this owner has it already (then it stays as it is). Another owner's id: `not_found`. */
  create?: Thread | undefined;
  update?: ThreadUpdate | undefined;
  /** Removes every item that comes after this one. An unknown item: `not_found`. */
  removeAfter?: string | undefined;
  /** Removes these items; unknown ones are passed over. */
  remove?: string[] | undefined;
  /** New items get the next sequence numbers, in this order; known ids are replaced and keep their place. */
  put?: ThreadItem[] | undefined;
  /**
   * Binds these attachments to the thread: sets `thread_id` and drops `upload_descriptor` (it may be a signed address).
   * One that is absent, another's, or bound to another thread: `not_found`.
   */
  attach?: string[] | undefined;
}

export type ThreadWriteResult = 'written' | 'not_found' | 'not_active' | 'stale_run';

export interface TurnBegin {
  run: RunStart;
  /** Without a `fence`: the started run's own is used. */
  write: ThreadWrite;
  /** The items to read after the write. */
  read: PageQuery;
}

export type TurnBegun =
  | { outcome: 'started'; run: RunRecord; thread: Thread; items: Page<ThreadItem> }
  /** Nothing was written. `run` is the earlier run with the same idempotency key, or the one that holds the thread. */
  | { outcome: 'repeated'; run: RunRecord }
  | { outcome: 'busy'; run: RunRecord }
  | { outcome: 'too_many' | 'not_found' | 'not_active' };

export interface TurnEnd {
  lease: Lease;
  end: RunEnd;
  write: ThreadWrite;
  record: NewTurnRecord;
}

/**
 * Threads, their items and the records of attachments: what must change together.
 *
 * What is absent and what belongs to another owner are one and the same, here and in timing: null, `not_found` or false.
 * Values come back deep-equal to what was written (NUL characters and lone surrogates in strings become U+FFFD) and are never shared
 * with the caller. Datetimes are RFC 3339 in UTC. Items with unknown types or fields are kept as they are.
 */
export interface ThreadStore<Scope extends OwnerScope = OwnerScope> extends StorePart {
  get: (scope: Scope, query: { threadId: string }) => Promise<Thread | null>;
  /** In order of creation. Null: unknown cursor. */
  list: (scope: Scope, page: PageQuery) => Promise<Page<Thread> | null>;
  getItem: (scope: Scope, query: { threadId: string; itemId: string }) => Promise<ThreadItem | null>;
  /** In order of the per-thread sequence. Null: no such thread, or unknown cursor. */
  listItems: (scope: Scope, query: PageQuery & { threadId: string }) => Promise<Page<ThreadItem> | null>;
  /**
   * One round trip. A thread that doesn't exist (and no `create`): `not_found`. Writers of one thread are serialised, so a reader that
   * follows the sequence misses none: an item becomes visible only after all items with lower numbers.
   */
  write: (scope: Scope, change: ThreadWrite) => Promise<ThreadWriteResult>;
  /** Deletes the thread with its items. Its attachments stay, still bound to it: they can't be bound again. */
  delete: (scope: Scope, query: { threadId: string }) => Promise<boolean>;
  /**
   * Fast path: `runs.start`, `write` and a read as one transaction and one round trip. Used only when `runs` has this part's backend.
   * When the write is refused no run is left behind.
   */
  beginTurn?: ((scope: Scope, turn: TurnBegin) => Promise<TurnBegun>) | undefined;
  /**
   * Fast path: `write`, `history.add` and `runs.finish` as one transaction. Used only when `runs` and `history` have this part's backend.
   * A deleted thread still gets its record and its run's end: `not_found` then says only that the write had no thread.
   */
  endTurn?: ((scope: Scope, turn: TurnEnd) => Promise<'written' | 'not_found' | 'stale_run'>) | undefined;
  /** Makes or replaces a record. Another owner's id: throws `not_found`; `thread_id` of a known record is never changed by this. */
  putAttachment: (scope: Scope, attachment: Attachment) => Promise<void>;
  /** Those that exist and are this owner's, in the order asked. */
  getAttachments: (scope: Scope, ids: string[]) => Promise<Attachment[]>;
  deleteAttachment: (scope: Scope, query: { attachmentId: string }) => Promise<boolean>;
}
