import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ChatKitError, type Uploads } from '@chatkit-selfhost/core';

export interface FolderUploadsOptions {
  folder: string;
  /** Absolute address at which browsers reach the assistant, such as `http://localhost:8001/agent`. A function: it may be known late. */
  url: () => string;
  /** Signs addresses. The same on every instance, at least 32 bytes. */
  secret: string;
}

const UPLOAD_MS = 10 * 60_000;
const PREVIEW_MS = 24 * 60 * 60_000;
const TAKEN = /^(image\/(png|jpeg|webp)|text\/plain|application\/pdf)$/;

/** Bytes in a folder: the browser puts them to a signed address of this server, and gets previews from one. */
export function createUploads({ folder, url, secret }: FolderUploadsOptions): Uploads {
  const fileOf = (attachmentId: string, ownerId: string): string => join(folder, createHash('sha256').update(ownerId).digest('hex'), attachmentId);
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const address = (grant: Grant): string => {
    const token = Buffer.from(JSON.stringify(grant)).toString('base64url');
    return `${url()}/attachments/${token}.${sign(token)}`;
  };
  const granted = (path: string): Grant | null => {
    const [token = '', signature = ''] = path.slice(1).split('.');
    const expected = Buffer.from(sign(token));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const grant = JSON.parse(Buffer.from(token, 'base64url').toString()) as Grant;
    return grant.until > Date.now() ? grant : null;
  };
  return {
    begin: async ({ id, size, mimeType }, { ownerId }) => {
      if (!TAKEN.test(mimeType)) throw new ChatKitError({ code: 'unsupported_type', message: 'Only images, PDF and text files can be sent.', status: 415 });
      const file = { id, ownerId, size, mimeType };
      return {
        descriptor: { url: address({ ...file, method: 'PUT', until: Date.now() + UPLOAD_MS }), method: 'PUT', headers: { 'content-type': mimeType } },
        ...(mimeType.startsWith('image/') ? { previewUrl: address({ ...file, method: 'GET', until: Date.now() + PREVIEW_MS }) } : {}),
      };
    },
    read: async ({ attachmentId }, { ownerId }) => {
      const bytes = await readFile(fileOf(attachmentId, ownerId)).catch(() => null);
      return bytes && new Blob([bytes]);
    },
    delete: async ({ attachmentId }, { ownerId }) => rm(fileOf(attachmentId, ownerId), { force: true }),
    fetch: async (request, { path }) => {
      const grant = granted(path);
      if (!grant || request.method !== grant.method) return null;
      const file = fileOf(grant.id, grant.ownerId);
      if (grant.method === 'GET') {
        const bytes = await readFile(file).catch(() => null);
        return bytes && new Response(bytes, { headers: { 'content-type': grant.mimeType, 'x-content-type-options': 'nosniff' } });
      }
      const bytes = await readAtMost(request, grant.size);
      if (!bytes) return new Response(null, { status: 413 });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return new Response(null, { status: 204 });
    },
  };
}

interface Grant {
  method: 'PUT' | 'GET';
  id: string;
  ownerId: string;
  size: number;
  mimeType: string;
  until: number;
}

/** Null: more than was announced. */
async function readAtMost(request: Request, size: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += chunk.length;
    if (total > size) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
