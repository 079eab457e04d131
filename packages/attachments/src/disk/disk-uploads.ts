import { readFile, rm } from 'node:fs/promises';
import type { OwnerScope, Uploads } from '@chatkit-selfhost/core';
import type { CompleteUploads } from '../complete-uploads.js';
import { essence, fileRules, isPreviewed, type FileRulesOptions } from '../file-rules.js';
import { roundedPeriod } from '../link-expiry.js';
import { isId, ownerKey } from '../owner-key.js';
import { checkQuota, type OwnerQuota } from '../owner-quota.js';
import { bytesChanged, linkExpired, notFound, notUploaded, tooLarge } from '../refusals.js';
import { DiskFiles, type FileAddress } from './disk-files.js';
import { ifPresent } from './file-errors.js';
import { OwnerLocks } from './owner-locks.js';
import { receiveBytes } from './receive-bytes.js';
import { haveSameBytes } from './same-bytes.js';
import { serveBytes } from './serve-bytes.js';
import { signedLinks, type Link, type LinkPurpose } from './signed-links.js';

export interface DiskUploadsOptions extends FileRulesOptions {
  /** Where the bytes are kept; made when it is first needed. Processes may share it. */
  folder: string;
  /** Where browsers reach the ChatKit server, with its base path: `https://app.example.com/agent`. */
  baseUrl: string;
  /** Signs links: at least 32 random characters. Several: the first signs, the others still hold for links given out before. */
  secret: string | readonly string[];
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
  /** For tests. Default: the system's clock. */
  clock?: (() => Date) | undefined;
}

export interface DiskUploads extends CompleteUploads {
  fetch: NonNullable<Uploads['fetch']>;
}

/**
 * Keeps the bytes of attachments in a folder, and serves them below the ChatKit server's `/attachments`.
 *
 * @example
 * createChatKit({ store, respond, uploads: diskUploads({ folder: './uploads', baseUrl: 'https://app.example.com/agent', secret }) });
 */
export function diskUploads(options: DiskUploadsOptions): DiskUploads {
  const { uploadTtlMs = 10 * MINUTE, previewTtlMs = 60 * MINUTE, downloadTtlMs = 5 * MINUTE, orphansAfterMs = 24 * 60 * MINUTE, quota = {}, clock = () => new Date() } = options;
  const baseUrl = new URL(options.baseUrl).href.replace(/\/$/, '');
  const rules = fileRules(options);
  const links = signedLinks(options.secret);
  const files = new DiskFiles(options.folder);
  const locks = new OwnerLocks();

  const addressOf = async (id: string, { ownerId }: OwnerScope): Promise<FileAddress | null> => (isId(id) ? { owner: await ownerKey(ownerId), id } : null);
  const url = async (purpose: LinkPurpose, file: FileAddress, expires: number): Promise<string> => `${baseUrl}/attachments${await links.write({ purpose, ...file, expires })}`;
  const within = (ttlMs: number): number => Math.ceil((clock().getTime() + ttlMs) / 1_000);
  const previewUrl = (file: FileAddress): Promise<string> => url('preview', file, roundedPeriod(clock(), previewTtlMs).end);
  const withPreview = async (file: FileAddress, mimeType: string): Promise<{ previewUrl?: string }> => (isPreviewed(mimeType) ? { previewUrl: await previewUrl(file) } : {});

  /** Counts with the file itself, so that processes that announce at once see each other. */
  const announce = async (given: { id: string; name: string; size: number; mimeType: string }, scope: OwnerScope): Promise<FileAddress> => {
    rules.check(given);
    const file = await addressOf(given.id, scope);
    if (!file) throw new TypeError('Ids of attachments are letters, digits, "-" and "_".');
    await locks.run(file.owner, async () => {
      await files.announce(file, { name: given.name, mimeType: essence(given.mimeType) ?? given.mimeType, size: given.size, scope }, clock());
      try {
        checkQuota(await files.usage(file.owner), quota);
      } catch (error) {
        await files.delete(file);
        throw error;
      }
    });
    return file;
  };

  const receive = async (file: FileAddress, body: AsyncIterable<Uint8Array>, expected: { mimeType: string; maxBytes: number }): Promise<void> => {
    const incoming = await files.newIncoming();
    await receiveBytes(incoming, body, expected);
    try {
      const kept = await files.keep(file, incoming);
      if (kept === null) throw notFound();
      // The same once more: the answer to the first time was lost.
      if (!kept && !(await haveSameBytes(incoming, files.bytesPath(file)))) throw bytesChanged();
    } finally {
      await rm(incoming, { force: true });
    }
  };

  const answer = async (request: Request, link: Link, maxBytes: number): Promise<Response | null> => {
    const record = await files.record(link);
    if (!record) return null;
    const secondsLeft = Math.floor(link.expires - clock().getTime() / 1_000);
    if (secondsLeft < 0) throw linkExpired();
    if (link.purpose !== 'upload') {
      return serveBytes({ path: files.bytesPath(link), record, inline: link.purpose === 'preview', secondsLeft, withBody: request.method === 'GET' });
    }
    const largest = Math.min(record.size, maxBytes);
    if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge(largest);
    await receive(link, request.body ?? nothing(), { mimeType: record.mimeType, maxBytes: largest });
    return new Response(null, { status: 204 });
  };

  return {
    begin: async (given, scope) => {
      const file = await announce(given, scope);
      const descriptor = { url: await url('upload', file, within(uploadTtlMs)), method: 'PUT' as const, headers: { 'content-type': given.mimeType } };
      return { descriptor, ...(await withPreview(file, given.mimeType)) };
    },
    store: async ({ bytes, ...given }, scope) => {
      const file = await announce({ ...given, size: bytes.size }, scope);
      try {
        await receive(file, bytes.stream(), { mimeType: given.mimeType, maxBytes: bytes.size });
      } catch (error) {
        await files.delete(file);
        throw error;
      }
      return withPreview(file, given.mimeType);
    },
    prepare: async ({ id, name }, scope) => {
      const file = await addressOf(id, scope);
      if (!file || (await files.size(file)) === null || !(await files.renew(file, clock()))) throw notUploaded(name);
    },
    refresh: async (attachment, scope) => {
      const file = attachment.type === 'image' ? await addressOf(attachment.id, scope) : null;
      return file && attachment.type === 'image' ? { ...attachment, preview_url: await previewUrl(file) } : attachment;
    },
    read: async ({ attachmentId }, scope) => {
      const file = await addressOf(attachmentId, scope);
      const record = file && (await files.record(file));
      const bytes = file && record && (await ifPresent(readFile(files.bytesPath(file))));
      return bytes ? new Blob([bytes], { type: record.mimeType }) : null;
    },
    delete: async ({ attachmentId }, scope) => {
      const file = await addressOf(attachmentId, scope);
      if (file) await files.delete(file);
    },
    downloadUrl: async ({ attachmentId }, scope) => {
      const file = await addressOf(attachmentId, scope);
      return file && (await files.size(file)) !== null ? url('download', file, within(downloadTtlMs)) : null;
    },
    removeOrphans: ({ limit, isUsed }) => files.removeOrphans({ before: new Date(clock().getTime() - orphansAfterMs), limit, isUsed }),
    deleteOwner: async ({ ownerId }) => files.deleteOwner(await ownerKey(ownerId)),
    fetch: async (request, { path, maxBytes }) => {
      const link = await links.read({ method: request.method, path, query: new URL(request.url).searchParams });
      return link && answer(request, link, maxBytes);
    },
  };
}

const MINUTE = 60_000;

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // An upload of no bytes.
}
