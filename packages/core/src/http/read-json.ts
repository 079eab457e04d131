import { ChatKitError } from '../errors/chatkit-error.js';

export interface ReadLimits {
  maxBodyBytes: number;
  maxDepth: number;
}

/** How much of a body that is too large is still read, so that its sender gets to see the answer instead of a broken connection. */
const MAX_DRAINED_BYTES = 1_024 * 1_024;

export interface JsonBody {
  value: unknown;
  /** Size as it was sent. */
  bytes: number;
}

/**
 * The JSON body of a request. Throws 413 for too many bytes, 415 for another type, 400 for what is no JSON or nested too deeply.
 * `types`: content types taken beside JSON. An empty body is undefined.
 */
export async function readJson(request: Request, { maxBodyBytes, maxDepth }: ReadLimits, types: readonly string[] = []): Promise<JsonBody> {
  const { text, bytes } = await readText(request, maxBodyBytes);
  if (text === '') return { value: undefined, bytes };
  checkType(request, types);
  if (isDeeperThan(text, maxDepth)) throw invalidBody(`expected JSON nested at most ${String(maxDepth)} levels deep`);
  try {
    return { value: JSON.parse(text) as unknown, bytes };
  } catch {
    throw invalidBody('expected JSON');
  }
}

function checkType({ headers }: Request, types: readonly string[]): void {
  const contentType = headers.get('content-type');
  // A body without a type is taken for what it should be, but not from a page of another site, which can send that unasked; neither is one
  // with a type that a plain HTML form can send.
  if (contentType === null && !/^(cross|same)-site$/.test(headers.get('sec-fetch-site') ?? '')) return;
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type.endsWith('+json') || types.includes(type)) return;
  throw new ChatKitError({ code: 'unsupported_media_type', message: 'Send JSON with content-type application/json.', status: 415 });
}

async function readText(request: Request, maxBytes: number): Promise<{ text: string; bytes: number }> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return { text: '', bytes: 0 };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = request.body.getReader();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes <= maxBytes) text += decoder.decode(value, { stream: true });
      else if (bytes > maxBytes + MAX_DRAINED_BYTES) break;
    }
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    return { text: text + decoder.decode(), bytes };
  } catch (error) {
    if (ChatKitError.isInstance(error)) throw error;
    // Not UTF-8, broken off, or parsed before into what can't be written again: either way there is no body to work with.
    throw invalidBody('expected a readable body of UTF-8 text');
  }
}

export function tooLarge(maxBytes: number): ChatKitError {
  return new ChatKitError({ code: 'body_too_large', message: `The request is larger than ${String(maxBytes)} bytes.`, status: 413 });
}

function invalidBody(message: string): ChatKitError {
  return new ChatKitError({ code: 'invalid_request', message, status: 400, path: '' });
}

/** Whether objects and arrays nest deeper, found without parsing. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
