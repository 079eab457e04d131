import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { contentDisposition } from '../content-disposition.js';
import { isPreviewed } from '../file-rules.js';
import { ifPresent } from './file-errors.js';
import type { FileRecord } from './disk-files.js';

export interface Serving {
  path: string;
  record: FileRecord;
  /** Whether it is shown as part of a page; only pictures ever are. */
  inline: boolean;
  secondsLeft: number;
  withBody: boolean;
}

/** A file as an answer that no browser takes for a page or a script, and keeps no longer than its link is valid. Null: the bytes are not there. */
export async function serveBytes({ path, record, inline, secondsLeft, withBody }: Serving): Promise<Response | null> {
  const file = await ifPresent(open(path, 'r'));
  if (!file) return null;
  const { size } = await file.stat();
  const headers = {
    'content-type': record.mimeType,
    'content-length': String(size),
    'content-disposition': contentDisposition(inline && isPreviewed(record.mimeType) ? 'inline' : 'attachment', record.name),
    'cache-control': `private, max-age=${String(Math.max(0, secondsLeft))}, immutable`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    // The link is the permission; the page that shows the picture may be on another origin.
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'none',
  };
  if (withBody) return new Response(Readable.toWeb(file.createReadStream()) as unknown as ReadableStream<Uint8Array>, { headers });
  await file.close();
  return new Response(null, { headers });
}
