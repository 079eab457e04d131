import type { OwnerScope, Page, PageQuery, Thread, ThreadItem, ThreadStore, ThreadWrite, ThreadWriteResult } from '@chatkit-selfhost/core';
import { AttachmentRows } from './attachments.js';
import { fromJsonText } from './json-text.js';
import type { ListPage } from './ordered-list.js';
import { ThreadRows, type ThreadRow } from './thread-rows.js';
import { writeThread } from './thread-write.js';

export interface MemoryThreadsOptions {
  backend: object;
  maxThreads: number;
  /** Whether a run holds the thread: such a thread is never evicted. */
  isBusy: (ownerId: string, threadId: string) => boolean;
  /** The thread was evicted: whatever else belongs to it goes too. */
  onEvict: (ownerId: string, threadId: string) => void;
}

/** The threads part, with the synchronous steps that the turn's fast paths are made of. */
export interface MemoryThreads {
  part: ThreadStore;
  find: (ownerId: string, threadId: string) => ThreadRow | null;
  write: (scope: OwnerScope, change: ThreadWrite) => ThreadWriteResult;
}

export function memoryThreads(options: MemoryThreadsOptions): MemoryThreads {
  const threads = new ThreadRows(options.maxThreads);
  const attachments = new AttachmentRows();

  const find = (ownerId: string, threadId: string): ThreadRow | null => threads.owned(ownerId, threadId);
  const write = (scope: OwnerScope, change: ThreadWrite): ThreadWriteResult => {
    const result = writeThread({ threads, attachments }, scope.ownerId, change);
    if (change.create) evict(change.threadId);
    return result;
  };
  const evict = (createdId: string): void => {
    for (const row of threads.surplus((row) => row.threadId === createdId || options.isBusy(row.ownerId, row.threadId))) {
      threads.evict(row);
      attachments.deleteThread(row.threadId);
      options.onEvict(row.ownerId, row.threadId);
    }
  };

  const part: ThreadStore = {
    backend: options.backend,
    get: async (scope, { threadId }) => {
      const row = find(scope.ownerId, threadId);
      return row && fromJsonText<Thread>(row.text);
    },
    list: async (scope, query) => {
      const page = threads.ofOwner(scope.ownerId).page(query);
      return page && { ...page, data: page.data.map((row) => fromJsonText<Thread>(row.text)) };
    },
    getItem: async (scope, { threadId, itemId }) => {
      const text = find(scope.ownerId, threadId)?.items.get(itemId);
      return text === undefined ? null : fromJsonText<ThreadItem>(text);
    },
    listItems: async (scope, query) => {
      const row = find(scope.ownerId, query.threadId);
      return row && itemPage(row, query);
    },
    write: async (scope, change) => write(scope, change),
    delete: async (scope, { threadId }) => {
      const row = find(scope.ownerId, threadId);
      if (row) threads.delete(row);
      return row !== null;
    },
    putAttachment: async (scope, attachment) => {
      attachments.put(scope.ownerId, attachment);
    },
    getAttachments: async (scope, ids) => attachments.get(scope.ownerId, ids),
    deleteAttachment: async (scope, { attachmentId }) => attachments.delete(scope.ownerId, attachmentId),
    deleteOwner: async (scope) => {
      threads.deleteOwner(scope.ownerId);
      attachments.deleteOwner(scope.ownerId);
    },
  };
  return { part, find, write };
}

/** A page of a thread's items; null for an unknown cursor. */
export function itemPage(row: ThreadRow, query: PageQuery): Page<ThreadItem> | null {
  const page: ListPage<string> | null = row.items.page(query);
  return page && { ...page, data: page.data.map((text) => fromJsonText<ThreadItem>(text)) };
}
