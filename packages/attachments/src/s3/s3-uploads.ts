import type { Attachment, OwnerScope } from '@chatkit-selfhost/core';
import { checkBytes, HEAD_BYTES } from '../check-bytes.js';
import type { CompleteUploads } from '../complete-uploads.js';
import { contentDisposition } from '../content-disposition.js';
import { essence, fileRules, isPreviewed, type FileRulesOptions } from '../file-rules.js';
import { roundedPeriod } from '../link-expiry.js';
import { ownerKey } from '../owner-key.js';
import type { OwnerQuota } from '../owner-quota.js';
import { bytesChanged, notUploaded, tooLarge } from '../refusals.js';
import { removeOrphans } from './remove-orphans.js';
import { putNote, reserve } from './reserve.js';
import type { S3Location } from './s3-address.js';
import { S3Bucket } from './s3-bucket.js';
import { FOLDERS, s3Keys, type S3Keys } from './s3-keys.js';
import type { S3Credentials } from './signing-key.js';

export interface S3UploadsOptions extends S3Location, FileRulesOptions {
  /** A function is asked for every signature: for credentials that change. */
  credentials: S3Credentials | (() => Promise<S3Credentials>);
  /** What all keys begin with. Default `chatkit/`. */
  prefix?: string | undefined;
  /** What an owner may keep. Default 1,000 files and 1 GiB. */
  quota?: OwnerQuota | undefined;
  /** How long the bytes of an announced file may come. Default 10 minutes. */
  uploadTtlMs?: number | undefined;
  /** How long a preview's address holds at least. Default 1 hour. */
  previewTtlMs?: number | undefined;
  /** How long a download's address holds. Default 5 minutes. */
  downloadTtlMs?: number | undefined;
  /** When a file that was never part of a message may be deleted. Default 24 hours. */
  orphansAfterMs?: number | undefined;
  /** How long the service may take for an answer. Default 30 seconds. */
  timeoutMs?: number | undefined;
  /** For tests. Default: the system's clock. */
  clock?: (() => Date) | undefined;
}

export type S3Uploads = CompleteUploads;

/**
 * Keeps the bytes of attachments in a bucket of Amazon S3 or a service that speaks its API. Clients upload to it directly, by signed addresses;
 * what they uploaded is looked at when a message first has it, and moved to where they can't change it any more.
 *
 * @example
 * createChatKit({ store, respond, uploads: s3Uploads({ bucket: 'files', region: 'eu-central-1', credentials }) });
 */
export function s3Uploads(options: S3UploadsOptions): S3Uploads {
  const { prefix = 'chatkit/', quota = {}, clock = () => new Date(), orphansAfterMs = 24 * 60 * MINUTE } = options;
  const { uploadTtlMs = 10 * MINUTE, previewTtlMs = 60 * MINUTE, downloadTtlMs = 5 * MINUTE } = options;
  const { bucket: name, region, endpoint, forcePathStyle, credentials, timeoutMs = 30_000 } = options;
  const bucket = new S3Bucket({ bucket: name, region, endpoint, forcePathStyle, credentials, timeoutMs, clock });
  const rules = fileRules(options);

  const keysOf = (id: string, { ownerId }: OwnerScope): Promise<S3Keys | null> => s3Keys(prefix, id, ownerId);

  const announce = async (given: { id: string; size: number; mimeType: string }, scope: OwnerScope): Promise<S3Keys> => {
    rules.check(given);
    const keys = await keysOf(given.id, scope);
    if (!keys) throw new TypeError('Ids of attachments are letters, digits, "-" and "_".');
    await reserve(bucket, { prefix, keys, size: given.size, scope, quota });
    return keys;
  };

  const previewUrl = (key: string, mimeType: string): Promise<string> => {
    // The time of signing is part of the address.
    const { begin, end } = roundedPeriod(clock(), previewTtlMs);
    const seconds = end - begin;
    return bucket.url({
      method: 'GET', key, now: new Date(begin * 1_000), expiresInSeconds: seconds,
      query: { 'response-content-type': mimeType, 'response-content-disposition': 'inline', 'response-cache-control': `private, max-age=${String(seconds)}` },
    });
  };
  const withPreview = async (key: string, mimeType: string): Promise<{ previewUrl?: string }> => (isPreviewed(mimeType) ? { previewUrl: await previewUrl(key, mimeType) } : {});

  const forget = async (keys: S3Keys): Promise<void> => {
    for await (const { key } of bucket.list(keys.reservedPrefix)) await bucket.delete(key);
  };
  const remove = async (keys: S3Keys): Promise<void> => {
    await Promise.all([bucket.delete(keys.kept), bucket.delete(keys.incoming)]);
    await forget(keys);
  };
  /** A message may be about to have it: it counts as announced now. */
  const renew = async (keys: S3Keys, scope: OwnerScope): Promise<void> => {
    for await (const { key } of bucket.list(keys.reservedPrefix)) await putNote(bucket, key, scope);
  };

  /** Looks at what was uploaded, and moves exactly that to where no client can write. */
  const keep = async (keys: S3Keys, attachment: Attachment): Promise<void> => {
    const uploaded = await bucket.describe(keys.incoming);
    if (!uploaded) throw notUploaded(attachment.name);
    const { size, etag } = uploaded;
    const announced = Number(attachment.metadata?.['size'] ?? rules.maxBytes);
    if (size > announced) throw tooLarge(announced);
    const head = size === 0 ? new Uint8Array() : await bucket.head(keys.incoming, { bytes: HEAD_BYTES, etag });
    if (!head) throw bytesChanged();
    await checkBytes(head, attachment.mime_type);
    if (!(await bucket.copy(keys.incoming, keys.kept, { etag, headers: keptHeaders(attachment.mime_type, attachment.name) }))) throw bytesChanged();
  };

  return {
    begin: async (given, scope) => {
      const keys = await announce(given, scope);
      // Both are signed: S3 refuses a body of another length or type.
      const headers = { 'content-type': given.mimeType };
      const url = await bucket.url({ method: 'PUT', key: keys.incoming, expiresInSeconds: Math.ceil(uploadTtlMs / 1_000), headers: { ...headers, 'content-length': String(given.size) } });
      return { descriptor: { url, method: 'PUT', headers }, metadata: { size: given.size }, ...(await withPreview(keys.incoming, given.mimeType)) };
    },
    store: async ({ bytes, ...given }, scope) => {
      const head = new Uint8Array(await bytes.slice(0, HEAD_BYTES).arrayBuffer());
      const keys = await announce({ ...given, size: bytes.size }, scope);
      try {
        await checkBytes(head, given.mimeType);
        await bucket.put(keys.kept, bytes, keptHeaders(given.mimeType, given.name));
      } catch (error) {
        await remove(keys);
        throw error;
      }
      return withPreview(keys.kept, given.mimeType);
    },
    prepare: async (attachment, scope) => {
      const keys = await keysOf(attachment.id, scope);
      if (!keys) throw notUploaded(attachment.name);
      await renew(keys, scope);
      if (await bucket.describe(keys.removing)) throw notUploaded(attachment.name);
      if (!(await bucket.describe(keys.kept))) await keep(keys, attachment);
      await bucket.delete(keys.incoming);
    },
    refresh: async (attachment, scope) => {
      const keys = attachment.type === 'image' ? await keysOf(attachment.id, scope) : null;
      return keys && attachment.type === 'image' ? { ...attachment, preview_url: await previewUrl(keys.kept, attachment.mime_type) } : attachment;
    },
    read: async ({ attachmentId }, scope) => {
      const keys = await keysOf(attachmentId, scope);
      return keys && bucket.get(keys.kept);
    },
    delete: async ({ attachmentId }, scope) => {
      const keys = await keysOf(attachmentId, scope);
      if (keys) await remove(keys);
    },
    downloadUrl: async ({ attachmentId }, scope) => {
      const keys = await keysOf(attachmentId, scope);
      if (!keys || !(await bucket.describe(keys.kept))) return null;
      const seconds = Math.ceil(downloadTtlMs / 1_000);
      return bucket.url({ method: 'GET', key: keys.kept, expiresInSeconds: seconds, query: { 'response-cache-control': `private, max-age=${String(seconds)}` } });
    },
    removeOrphans: ({ limit, isUsed }) => removeOrphans(bucket, { prefix, before: new Date(clock().getTime() - orphansAfterMs), limit, isUsed }),
    deleteOwner: async ({ ownerId }) => {
      const owner = await ownerKey(ownerId);
      for (const folder of FOLDERS) {
        for await (const { key } of bucket.list(`${prefix}${folder}/${owner}/`)) await bucket.delete(key);
      }
    },
  };
}

const MINUTE = 60_000;

/** Whoever gets to see the object gets a file to download, unless an address says otherwise. */
function keptHeaders(mimeType: string, fileName: string): Record<string, string> {
  return { 'content-type': essence(mimeType) ?? 'application/octet-stream', 'content-disposition': contentDisposition('attachment', fileName) };
}
