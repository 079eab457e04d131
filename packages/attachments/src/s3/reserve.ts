import type { OwnerScope } from '@chatkit-selfhost/core';
import { ownerKey } from '../owner-key.js';
import { checkQuota, type OwnerQuota } from '../owner-quota.js';
import type { S3Bucket } from './s3-bucket.js';
import { readReserved, type S3Keys } from './s3-keys.js';

/** Notes that a file is to come, then counts with it: of nodes that do so at once, none oversees the other. Throws 413 or 429. */
export async function reserve(bucket: S3Bucket, { prefix, keys, size, scope, quota }: { prefix: string; keys: S3Keys; size: number; scope: OwnerScope; quota: OwnerQuota }): Promise<void> {
  await putNote(bucket, keys.reserved(size), scope);
  if (quota.files === Infinity && quota.bytes === Infinity) return;
  const owner = await ownerKey(scope.ownerId);
  const sizes = new Map<string, number>();
  for await (const { key } of bucket.list(`${prefix}reserved/${owner}/`)) {
    const reserved = readReserved(key);
    if (reserved) sizes.set(reserved.id, reserved.size);
  }
  for await (const kept of bucket.list(`${prefix}kept/${owner}/`)) sizes.set(kept.key.slice(kept.key.lastIndexOf('/') + 1), kept.size);
  try {
    checkQuota({ files: sizes.size, bytes: [...sizes.values()].reduce((sum, each) => sum + each, 0) }, quota);
  } catch (error) {
    await bucket.delete(keys.reserved(size));
    throw error;
  }
}

export function putNote(bucket: S3Bucket, key: string, scope: OwnerScope): Promise<void> {
  return bucket.put(key, JSON.stringify(scope), { 'content-type': 'application/json' });
}
