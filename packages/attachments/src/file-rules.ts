import { tooLarge, typeNotTaken } from './refusals.js';

export interface FileRulesOptions {
  /** MIME types taken, exact or as `image/*`. Default {@link DEFAULT_ACCEPT}. */
  accept?: readonly string[] | undefined;
  /** Bytes of a file. Default 25 MiB; the server's `limits.maxUploadBytes` holds as well. */
  maxBytes?: number | undefined;
}

/** What models commonly read: images, PDF, text and office documents. */
export const DEFAULT_ACCEPT: readonly string[] = [
  'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain', 'text/markdown', 'text/csv', 'application/json',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

const DEFAULT_MAX_BYTES = 25 * 1024 * 1024;

/** What a browser may show as part of a page; anything else is only ever downloaded. */
const PREVIEWED = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

export interface FileRules {
  maxBytes: number;
  /** Throws 413 or 415. */
  check: (file: { size: number; mimeType: string }) => void;
}

export function fileRules({ accept = DEFAULT_ACCEPT, maxBytes = DEFAULT_MAX_BYTES }: FileRulesOptions): FileRules {
  if (!(maxBytes > 0)) throw new TypeError('maxBytes must be a positive number.');
  const patterns = accept.map((pattern) => pattern.toLowerCase());
  return {
    maxBytes,
    check: ({ size, mimeType }) => {
      const type = essence(mimeType);
      if (type === null || !patterns.some((pattern) => matches(pattern, type))) throw typeNotTaken();
      if (!(size >= 0 && size <= maxBytes)) throw tooLarge(maxBytes);
    },
  };
}

/** Type and subtype in lower case; null: not a MIME type, so nothing to put into a header either. */
export function essence(mimeType: string): string | null {
  const found = /^([\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127})(?:\s*;[\x20-\x7e]{0,255})?$/.exec(mimeType);
  return found?.[1]?.toLowerCase() ?? null;
}

export function isPreviewed(mimeType: string): boolean {
  return PREVIEWED.has(essence(mimeType) ?? '');
}

function matches(pattern: string, type: string): boolean {
  return pattern === type || pattern === '*/*' || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));
}
