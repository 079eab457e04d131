import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatKitError } from '@chatkit-selfhost/core';
import { diskUploads, type DiskUploads, type DiskUploadsOptions } from '@chatkit-selfhost/attachments';
import type { Bench } from '../support/uploads-contract.js';

export interface DiskBench extends Bench {
  uploads: DiskUploads;
  folder: string;
  /** A request as the server passes it on; refusals as statuses. */
  request: (url: string, init?: RequestInit & { duplex?: 'half' }, maxBytes?: number) => Promise<Response>;
  /** All files, with paths. */
  files: () => Promise<string[]>;
}

export const secret = 'a secret of at least 32 characters';

export async function openDiskBench(options: Partial<DiskUploadsOptions> = {}): Promise<DiskBench> {
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-disk-'));
  let passed = 0;
  const uploads = diskUploads({ folder, baseUrl: 'https://app.example.com/agent/', secret, clock: () => new Date(Date.now() + passed), ...options });
  const request: DiskBench['request'] = async (url, init = {}, maxBytes = 25 * 1024 * 1024) => {
    const asked = new Request(url, init);
    const path = decodeURI(new URL(url).pathname).replace('/agent/attachments', '');
    try {
      return (await uploads.fetch(asked, { path, maxBytes })) ?? new Response(null, { status: 404 });
    } catch (error) {
      if (!ChatKitError.isInstance(error)) throw error;
      return new Response(error.code, { status: error.status });
    }
  };
  return {
    uploads, folder, request,
    send: async ({ url, method, headers }, bytes) => (await request(url, { method, headers, body: bytes })).status,
    download: (url) => request(url),
    pass: (milliseconds) => void (passed += milliseconds),
    files: async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
