import { ChatKitError } from '../errors/chatkit-error.js';

/** What a form has around its file: boundaries, headers, small fields. */
const ENVELOPE_BYTES = 16 * 1_024;
/** How much of a body that is too large is still read, so that its sender gets to see the answer instead of a broken connection. */
const MAX_DRAINED_BYTES = 1_024 * 1_024;

/** The one file of a multipart form, in its field `file`. Throws 413 for too many bytes, 415 for no form, 400 for a form without it. */
export async function readFileForm(request: Request, { maxBytes }: { maxBytes: number }): Promise<File> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new ChatKitError({ code: 'unsupported_media_type', message: 'Send a form with content-type multipart/form-data.', status: 415 });
  }
  const body = await readBytes(request, maxBytes);
  const files = (await parseForm(body, contentType)).getAll('file');
  const [file] = files;
  if (files.length !== 1 || !(file instanceof File)) throw invalidForm('expected one file');
  if (file.size > maxBytes) throw tooLarge(maxBytes);
  return file;
}

async function readBytes(request: Request, maxBytes: number): Promise<Blob> {
  const largest = maxBytes + ENVELOPE_BYTES;
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge(maxBytes);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes <= largest) chunks.push(chunk);
      else if (bytes > largest + MAX_DRAINED_BYTES) break;
      else chunks.length = 0;
    }
  } catch {
    throw invalidForm('expected a whole form');
  }
  if (bytes > largest) throw tooLarge(maxBytes);
  return new Blob(chunks);
}

async function parseForm(body: Blob, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw invalidForm('expected a multipart form');
  }
}

function tooLarge(maxBytes: number): ChatKitError {
  return new ChatKitError({ code: 'file_too_large', message: `A file can have ${String(maxBytes)} bytes.`, status: 413, path: 'file' });
}

function invalidForm(message: string): ChatKitError {
  return new ChatKitError({ code: 'invalid_request', message, status: 400, path: 'file' });
}
