import { diskUploads } from '@chatkit-selfhost/attachments';
import type { Uploads } from '@chatkit-selfhost/core';

export interface DeskUploadsOptions {
  folder: string;
  /** Where browsers reach the server, such as `http://localhost:8001`. */
  url: string;
  /** Signs addresses. The same on every instance, at least 32 characters. */
  secret: string;
}

const MAX_BYTES = 10 * 1024 * 1024;

/** Bytes in a folder. For a bucket, put `s3Uploads` here; nothing else changes. */
export function createUploads({ folder, url, secret }: DeskUploadsOptions): Uploads {
  return diskUploads({ folder, baseUrl: `${url}/agent`, secret, accept: ['image/png', 'image/jpeg', 'image/webp', 'text/plain', 'application/pdf'], maxBytes: MAX_BYTES });
}
