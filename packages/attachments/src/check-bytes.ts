import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import { essence } from './file-rules.js';
import { wrongBytes } from './refusals.js';

/** How many of a file's first bytes are looked at. */
export const HEAD_BYTES = 64 * 1024;

/** Names that are used for the same bytes. */
const ALIASES: readonly (readonly string[])[] = [
  ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  ['image/png', 'image/apng', 'image/x-png'],
  ['image/bmp', 'image/x-ms-bmp', 'image/x-bmp'],
  ['image/x-icon', 'image/vnd.microsoft.icon'],
  ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  ['video/mp4', 'audio/mp4', 'audio/x-m4a', 'audio/m4a', 'video/x-m4v'],
  ['video/webm', 'audio/webm', 'video/matroska', 'audio/matroska', 'video/x-matroska'],
  ['audio/ogg', 'video/ogg', 'application/ogg', 'audio/opus'],
  ['audio/mpeg', 'audio/mp3'],
  ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  ['audio/flac', 'audio/x-flac'],
  ['application/gzip', 'application/x-gzip'],
  ['application/zip', 'application/x-zip-compressed'],
];

/** Documents inside an archive or a compound file, of which the first bytes may show no more than that. */
const CONTAINED: Record<string, RegExp> = {
  'application/zip': /^application\/(vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|epub\+zip$|x-zip-compressed$)/,
  'application/x-cfb': /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook|project))$/,
};

const TEXT = /^(text\/.+|application\/(json|xml|javascript|ecmascript|x-javascript|typescript|x-typescript|yaml|x-yaml|toml|sql|x-sql|graphql|rtf|x-ndjson|jsonl|x-sh|x-latex|x-tex)|.+\+(json|xml|yaml))$/;
/** Text that has a signature of its own. */
const TEXT_SIGNATURE = /^(text\/.+|application\/(xml|rtf|x-subrip|postscript)|.+\+(json|xml))$/;

/**
 * Whether a file's first bytes are those of the type it was announced as. Throws 415.
 * Types without a signature that `file-type` knows are taken at their word, text only if it is text.
 */
export async function checkBytes(head: Uint8Array, mimeType: string): Promise<void> {
  const declared = essence(mimeType) ?? '';
  const found = await sniff(head);
  const fits = TEXT.test(declared) ? isText(head) && (found === null || TEXT_SIGNATURE.test(found)) : isSame(declared, found);
  if (!fits) throw wrongBytes();
}

async function sniff(head: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found ? essence(found.mime) : null;
}

function isSame(declared: string, found: string | null): boolean {
  if (declared === 'application/octet-stream' || declared === found) return true;
  const names = ALIASES.find((aliases) => aliases.includes(declared));
  if (found === null) return !supportedMimeTypes.has(declared) && !names && !Object.values(CONTAINED).some((documents) => documents.test(declared));
  return names?.includes(found) ?? CONTAINED[found]?.test(declared) ?? false;
}

/** No NUL and hardly a control character, in whatever encoding; UTF-16 by its mark. */
function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    // Tab to carriage return, and escape (colours of a terminal), are common in text.
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) controls++;
  }
  return controls <= head.length / 100;
}
