import type { Attachment } from '../protocol/item.js';

/** A file in the composer: on its way to the server, there, or refused. */
export interface DraftAttachment {
  key: string;
  name: string;
  mimeType: string;
  previewUrl: string | undefined;
  status: 'uploading' | 'ready' | 'failed';
  /** 0 to 1; undefined while it can't be known. */
  progress: number | undefined;
  attachment: Attachment | undefined;
  abort: AbortController | undefined;
  /** What was chosen here, to be uploaded again; undefined for what the server had already. */
  file: File | undefined;
}
