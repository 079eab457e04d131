import type { AttachmentOf, OwnerScope } from '@chatkit-selfhost/core';
import type { S3Bucket } from './s3-bucket.js';
import { keysOf, readReserved } from './s3-keys.js';

export interface RemoveOrphansOptions {
  prefix: string;
  /** What was announced, or last about to be sent, before this. */
  before: Date;
  limit: number;
  isUsed: (file: AttachmentOf) => Promise<boolean>;
}

/** Deletes old files that no message has, at most `limit`; also bytes that came when nothing waited for them any more. Forgets the notes on files that a message has. */
export async function removeOrphans(bucket: S3Bucket, { prefix, before, limit, isUsed }: RemoveOrphansOptions): Promise<AttachmentOf[]> {
  const removed: AttachmentOf[] = [];
  for await (const { key, lastModified } of bucket.list(`${prefix}reserved/`)) {
    if (removed.length >= limit) return removed;
    const reserved = readReserved(key);
    if (!reserved || lastModified >= before) continue;
    const note = await bucket.get(key);
    // Gone by now: it was deleted, or another node removes it.
    if (!note) continue;
    const file: AttachmentOf = { attachmentId: reserved.id, scope: JSON.parse(await note.text()) as OwnerScope };
    if (await isUsed(file)) {
      await bucket.delete(key);
      continue;
    }
    const keys = keysOf(prefix, reserved.owner, reserved.id);
    await bucket.put(keys.removing, '', {});
    // A message renews the note first and looks for the claim then: of the two, one sees the other.
    const renewed = await bucket.describe(key);
    if (renewed && renewed.lastModified < before) {
      await Promise.all([bucket.delete(keys.incoming), bucket.delete(keys.kept)]);
      await bucket.delete(key);
      removed.push(file);
    }
    await bucket.delete(keys.removing);
  }
  for (const folder of ['incoming', 'removing']) {
    for await (const { key, lastModified } of bucket.list(`${prefix}${folder}/`)) if (lastModified < before) await bucket.delete(key);
  }
  return removed;
}
