import type { MaybePromise } from '../app-types.js';
import type { Attachment, UploadDescriptor } from '../protocol/index.js';
import type { OwnerScope } from '../store/index.js';

/** What an upload begins with, when there is more to say than where the bytes go. */
export interface UploadBegun {
  /** Absent: the bytes are there already. */
  descriptor?: UploadDescriptor | undefined;
  /** Address of a preview; an image has to have one, without it the attachment is a plain file. */
  previewUrl?: string | undefined;
  /** Stored with the attachment, never sent. */
  metadata?: Record<string, unknown> | undefined;
}

/** An attachment and whose it is. */
export interface AttachmentOf {
  attachmentId: string;
  scope: OwnerScope;
}

/** Bytes of attachments (their records live in the store's `threads` part). */
export interface Uploads {
  /** Says where the client sends the bytes. Throw a `ChatKitError` with status 413 or 415 for what is too large or of a type not taken. */
  begin: (file: { id: string; name: string; size: number; mimeType: string }, scope: OwnerScope) => Promise<UploadDescriptor | UploadBegun>;
  /** Null: there are no bytes (yet), or they are another's. */
  read: (query: { attachmentId: string }, scope: OwnerScope) => Promise<Blob | null>;
  delete: (query: { attachmentId: string }, scope: OwnerScope) => Promise<void>;
  /**
   * Direct upload (`POST <basePath>/attachments`): keeps the bytes at once. `size` and `bytes.size` are one. Absent: answered with 501.
   * Throw a `ChatKitError` with status 413 or 415 for what is too large or of a type not taken.
   */
  store?: ((file: { id: string; name: string; size: number; mimeType: string; bytes: Blob }, scope: OwnerScope) => Promise<Omit<UploadBegun, 'descriptor'>>) | undefined;
  /**
   * Asked before a message with this attachment is stored, once or more: the time to look at bytes that went elsewhere, and to keep them.
   * The message may still be refused for another reason. Throw a `ChatKitError` to refuse it.
   */
  prepare?: ((attachment: Attachment, scope: OwnerScope) => Promise<void>) | undefined;
  /** The attachment as it is sent with a message now: with a preview's address that has not expired. What is stored stays as it is. */
  refresh?: ((attachment: Attachment, scope: OwnerScope) => MaybePromise<Attachment>) | undefined;
  /**
   * Deletes bytes that have been waiting for a message for long, at most `limit`, and says whose they were; the server's `cleanup` then deletes
   * their records. `isUsed` knows by the records whether a message has a file: what it says yes to stays, and need not be asked about again.
   */
  removeOrphans?: ((options: { limit: number; isUsed: (file: AttachmentOf) => Promise<boolean> }) => Promise<AttachmentOf[]>) | undefined;
  /** Data protection: leaves no bytes of this owner. */
  deleteOwner?: ((scope: OwnerScope) => Promise<void>) | undefined;
  /** Makes ids of its own. Default: `atc_` and 128 random bits. */
  newId?: ((mimeType: string) => string) | undefined;
  /** Answers requests below `<basePath>/attachments/` (signed uploads and downloads); null: not one of its addresses. */
  fetch?: ((request: Request, info: { path: string; maxBytes: number }) => MaybePromise<Response | null>) | undefined;
}
