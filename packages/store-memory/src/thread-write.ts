import type { Thread, ThreadUpdate, ThreadWrite, ThreadWriteResult } from '@chatkit-selfhost/core';
import type { AttachmentRows } from './attachments.js';
import { fromJsonText, toJsonText } from './json-text.js';
import { OrderedList } from './ordered-list.js';
import type { ThreadRow, ThreadRows } from './thread-rows.js';

export interface ThreadTables {
  threads: ThreadRows;
  attachments: AttachmentRows;
}

/** Applies the change in one synchronous step: everything that can refuse it is asked before anything is changed. */
export function writeThread(tables: ThreadTables, ownerId: string, change: ThreadWrite): ThreadWriteResult {
  const row = tables.threads.owned(ownerId, change.threadId) ?? newRow(tables.threads, ownerId, change);
  if (!row) return 'not_found';
  if (change.fence !== undefined && change.fence < row.fence) return 'stale_run';
  if (change.onlyIfActive === true && !row.active) return 'not_active';
  if (change.onlyIfPresent !== undefined && !row.items.has(change.onlyIfPresent)) return 'not_found';
  if (change.removeAfter !== undefined && !row.items.has(change.removeAfter)) return 'not_found';
  if (change.attach?.some((id) => !tables.attachments.canAttach(ownerId, id, row.threadId))) return 'not_found';
  apply(row, change, tables);
  return 'written';
}

function apply(row: ThreadRow, change: ThreadWrite, { threads, attachments }: ThreadTables): void {
  const items = (change.put ?? []).map((item) => ({ id: item.id, text: toJsonText(item) }));
  if (change.fence !== undefined) row.fence = change.fence;
  if (change.update) setThread(row, updated(fromJsonText<Thread>(row.text), change.update));
  if (change.removeAfter !== undefined) row.items.removeAfter(change.removeAfter);
  for (const id of change.remove ?? []) row.items.remove(id);
  for (const { id, text } of items) row.items.set(id, text);
  for (const id of change.attach ?? []) attachments.attach(id, row.threadId);
  threads.save(row);
}

/** Null: there is nothing to make it from, or another owner has the id. */
function newRow(threads: ThreadRows, ownerId: string, { threadId, create }: ThreadWrite): ThreadRow | null {
  if (!create || threads.find(threadId)) return null;
  const row: ThreadRow = { threadId, ownerId, text: '', active: true, fence: 0, items: new OrderedList() };
  setThread(row, create);
  return row;
}

function setThread(row: ThreadRow, thread: Thread): void {
  row.text = toJsonText(thread);
  row.active = thread.status.type === 'active';
}

function updated(thread: Thread, change: ThreadUpdate): Thread {
  const next = { ...thread };
  if (change.title === null) delete next.title;
  else if (change.title !== undefined) next.title = change.title;
  if (change.status !== undefined) next.status = change.status ?? { type: 'active' };
  if (change.allowedImageDomains === null) delete next.allowed_image_domains;
  else if (change.allowedImageDomains !== undefined) next.allowed_image_domains = change.allowedImageDomains;
  if (change.metadata !== undefined) next.metadata = change.metadata ?? {};
  return next;
}
