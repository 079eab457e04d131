import { ChatKitError } from '@chatkit-selfhost/core';

/** What one owner may keep. Files that were announced count with the size they were announced with. */
export interface OwnerQuota {
  /** Default 1,000. */
  files?: number | undefined;
  /** Default 1 GiB. */
  bytes?: number | undefined;
}

export interface Usage {
  files: number;
  bytes: number;
}

const RETRY_SECONDS = 3_600;

/** Throws 429 for too many files, 413 for too many bytes. `usage`: with the new file. */
export function checkQuota(usage: Usage, { files = 1_000, bytes = 1024 ** 3 }: OwnerQuota): void {
  if (usage.files > files) {
    throw new ChatKitError({ code: 'too_many_files', message: `You can keep ${String(files)} files. Delete some first.`, status: 429, retryAfter: RETRY_SECONDS });
  }
  if (usage.bytes > bytes) {
    throw new ChatKitError({ code: 'quota_exceeded', message: `Your files can have ${String(bytes)} bytes together. Delete some first.`, status: 413 });
  }
}
