import { ChatKitError, type Attachment } from '@chatkit-selfhost/core';
import { getOrMake } from './get-or-make.js';
import { fromJsonText, toJsonText } from './json-text.js';

interface AttachmentRow {
  ownerId: string;
  threadId: string | undefined;
  /** JSON of the attachment. */
  text: string;
}

/** The records of attachments, by id. */
export class AttachmentRows {
  readonly #rows = new Map<string, AttachmentRow>();
  readonly #byThread = new Map<string, Set<string>>();
  readonly #byOwner = new Map<string, Set<string>>();

  put(ownerId: string, attachment: Attachment): void {
    const known = this.#rows.get(attachment.id);
    if (known && known.ownerId !== ownerId) throw new ChatKitError({ code: 'not_found', message: 'Not found.', status: 404 });
    const record = known ? bound(attachment, known.threadId) : attachment;
    this.#save(attachment.id, { ownerId, threadId: record.thread_id, text: toJsonText(record) });
  }

  get(ownerId: string, ids: string[]): Attachment[] {
    return ids.flatMap((id) => {
      const row = this.#owned(ownerId, id);
      return row ? [fromJsonText<Attachment>(row.text)] : [];
    });
  }

  delete(ownerId: string, id: string): boolean {
    const row = this.#owned(ownerId, id);
    if (row) this.#drop(id, row);
    return row !== null;
  }

  canAttach(ownerId: string, id: string, threadId: string): boolean {
    const row = this.#owned(ownerId, id);
    return row !== null && (row.threadId === undefined || row.threadId === threadId);
  }

  attach(id: string, threadId: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const { upload_descriptor: _signedAddress, ...attachment } = fromJsonText<Attachment>(row.text);
    this.#save(id, { ...row, threadId, text: toJsonText({ ...attachment, thread_id: threadId }) });
  }

  deleteThread(threadId: string): void {
    this.#dropAll(this.#byThread.get(threadId));
  }

  deleteOwner(ownerId: string): void {
    this.#dropAll(this.#byOwner.get(ownerId));
  }

  #owned(ownerId: string, id: string): AttachmentRow | null {
    const row = this.#rows.get(id);
    return row?.ownerId === ownerId ? row : null;
  }

  #save(id: string, row: AttachmentRow): void {
    this.#rows.set(id, row);
    getOrMake(this.#byOwner, row.ownerId, () => new Set<string>()).add(id);
    if (row.threadId !== undefined) getOrMake(this.#byThread, row.threadId, () => new Set<string>()).add(id);
  }

  #drop(id: string, row: AttachmentRow): void {
    this.#rows.delete(id);
    removeFrom(this.#byOwner, row.ownerId, id);
    if (row.threadId !== undefined) removeFrom(this.#byThread, row.threadId, id);
  }

  #dropAll(ids: Iterable<string> = []): void {
    for (const id of [...ids]) {
      const row = this.#rows.get(id);
      if (row) this.#drop(id, row);
    }
  }
}

function removeFrom(sets: Map<string, Set<string>>, key: string, id: string): void {
  const set = sets.get(key);
  set?.delete(id);
  if (set?.size === 0) sets.delete(key);
}

function bound(attachment: Attachment, threadId: string | undefined): Attachment {
  const { thread_id: _asked, ...rest } = attachment;
  return threadId === undefined ? rest : { ...rest, thread_id: threadId };
}
