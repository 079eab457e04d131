import type { OwnerScope } from '@chatkit-selfhost/core';
import type { S3Bucket } from './s3-bucket.js';
import { readReserved } from './s3-keys.js';

/** Deletes what was announced before this and never used, at most `limit`; also bytes that came when nothing waited for them any more. */
export async function removeOrphans(bucket: S3Bucket, { prefix, before, limit }: { prefix: string; before: Date; limit: number }): Promise<{ attachmentId: string; scope: OwnerScope }[]> {
  const removed: { attachmentId: string; scope: OwnerScope }[] = [];
  for await (const { key, lastModified } of bucket.list(`${prefix}reserved/`)) {
    if (removed.length >= limit) return removed;
    const reserved = readReserved(key);
    if (!reserved || lastModified >= before) continue;
    const note = await bucket.get(key);
    // Gone by now: it was used, or another node removes it.
    if (!note) continue;
    const { owner, id } = reserved;
    await Promise.all([bucket.delete(`${prefix}incoming/${owner}/${id}`), bucket.delete(`${prefix}kept/${owner}/${id}`)]);
    await bucket.delete(key);
    removed.push({ attachmentId: id, scope: JSON.parse(await note.text()) as OwnerScope });
  }
  for await (const { key, lastModified } of bucket.list(`${prefix}incoming/`)) if (lastModified < before) await bucket.delete(key);
  return removed;
}
