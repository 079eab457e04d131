import { isAbort } from '../api/api-error.js';
import type { ChatKitClient } from '../api/chatkit-client.js';
import { uploadFile } from '../api/upload-file.js';
import { toError } from '../controller/events.js';
import { isAccepted, maximumSize } from '../options/attachment-rules.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Attachment } from '../protocol/item.js';
import type { DraftAttachment } from './draft-attachment.js';

export type AttachmentProblem = 'too_large' | 'too_many' | 'not_accepted';

export interface AttachmentTrayHost {
  options: () => ResolvedOptions;
  client: () => ChatKitClient;
  changed: () => void;
  refused: (problem: AttachmentProblem, fileName: string) => void;
  /** With the file's name when it was an upload that failed. */
  failed: (error: Error, fileName?: string) => void;
}

/** The files attached to the draft: checked, uploaded, removed. */
export class AttachmentTray {
  entries: DraftAttachment[] = [];
  private counter = 0;

  constructor(private readonly host: AttachmentTrayHost) {}

  get uploading(): boolean {
    return this.entries.some((entry) => entry.status === 'uploading');
  }

  /** The first file that could not be uploaded: sent without it, the message would not be what was written. */
  get failed(): DraftAttachment | undefined {
    return this.entries.find((entry) => entry.status === 'failed');
  }

  get ready(): Attachment[] {
    return this.entries.flatMap((entry) => entry.attachment ?? []);
  }

  /** Shows attachments the server already has. */
  set(attachments: readonly Attachment[]): void {
    this.clear();
    this.takeBack(attachments);
  }

  /** Puts attachments the server already has before those of the draft. */
  takeBack(attachments: readonly Attachment[]): void {
    this.entries = [...attachments.map((attachment) => this.readyEntry(attachment)), ...this.entries];
    this.host.changed();
  }

  /** Checks the files against the options and starts uploading those that pass. Resolves when all are done. */
  async add(files: readonly File[]): Promise<void> {
    const { raw, attachments } = this.host.options();
    const option = raw.composer?.attachments;
    if (!option?.enabled || !this.host.options().api.uploadStrategy) return;
    const uploads: Promise<void>[] = [];
    for (const file of files) {
      if (this.entries.length >= attachments.maxCount) this.host.refused('too_many', file.name);
      else if (!isAccepted(option, file)) this.host.refused('not_accepted', file.name);
      else if (file.size > maximumSize(option, file.type)) this.host.refused('too_large', file.name);
      else uploads.push(this.upload(file));
    }
    await Promise.all(uploads);
  }

  /** Uploads a file again that failed, in its place. */
  async retry(key: string): Promise<void> {
    const file = this.entries.find((entry) => entry.key === key && entry.status === 'failed')?.file;
    if (file) await this.send(key, file);
  }

  remove(key: string): void {
    const entry = this.entries.find((candidate) => candidate.key === key);
    if (!entry) return;
    entry.abort?.abort();
    this.release(entry);
    this.entries = this.entries.filter((candidate) => candidate !== entry);
    this.host.changed();
    if (entry.attachment) {
      this.host
        .client()
        .call('attachments.delete', { attachment_id: entry.attachment.id })
        .catch((error: unknown) => this.host.failed(toError(error)));
    }
  }

  /** Empties the tray after sending, or for a new draft; nothing is deleted on the server. */
  clear(): void {
    for (const entry of this.entries) {
      entry.abort?.abort();
      this.release(entry);
    }
    this.entries = [];
    this.host.changed();
  }

  private async upload(file: File): Promise<void> {
    const key = this.nextKey();
    this.entries = [
      ...this.entries,
      {
        key,
        name: file.name,
        mimeType: file.type,
        previewUrl: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
        status: 'uploading',
        progress: undefined,
        attachment: undefined,
        abort: undefined,
        file,
      },
    ];
    await this.send(key, file);
  }

  private async send(key: string, file: File): Promise<void> {
    const { api } = this.host.options();
    const strategy = api.uploadStrategy;
    if (!strategy) return;
    const abort = new AbortController();
    this.patch(key, { status: 'uploading', progress: undefined, abort });
    try {
      const attachment = await uploadFile(file, {
        client: this.host.client(),
        strategy,
        fetch: api.fetch,
        signal: abort.signal,
        onProgress: (progress) => this.patch(key, { progress }),
      });
      this.patch(key, { status: 'ready', attachment, abort: undefined });
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      this.patch(key, { status: 'failed', abort: undefined });
      this.host.failed(toError(error), file.name);
    }
  }

  private readyEntry(attachment: Attachment): DraftAttachment {
    return {
      key: this.nextKey(),
      name: attachment.name,
      mimeType: attachment.mime_type,
      previewUrl: attachment.preview_url,
      status: 'ready',
      progress: undefined,
      attachment,
      abort: undefined,
      file: undefined,
    };
  }

  private patch(key: string, change: Partial<DraftAttachment>): void {
    this.entries = this.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
    this.host.changed();
  }

  private release(entry: DraftAttachment): void {
    if (entry.previewUrl?.startsWith('blob:')) URL.revokeObjectURL(entry.previewUrl);
  }

  private nextKey(): string {
    this.counter += 1;
    return `attachment-${this.counter}`;
  }
}
