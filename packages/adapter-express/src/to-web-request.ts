import { Readable } from 'node:stream';
import type { Request as ExpressRequest } from 'express';

const WITHOUT_BODY = new Set(['GET', 'HEAD']);

/** The web form of a request. A body that a parser has already read is put together again. */
export function toWebRequest(request: ExpressRequest, signal: AbortSignal): Request {
  const body = WITHOUT_BODY.has(request.method) ? undefined : bodyOf(request);
  return new Request(addressOf(request), {
    method: request.method,
    headers: headersOf(request, body !== undefined && !(body instanceof ReadableStream)),
    signal,
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
}

/** Clients may send anything as `Host`. */
function addressOf({ originalUrl, protocol, headers: { host = 'localhost' } }: ExpressRequest): URL {
  // Joined as text: a path that begins with two slashes would name a host of its own.
  const path = originalUrl.startsWith('/') ? originalUrl : originalUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/?|^(?=.)/i, '/');
  const address = `${protocol}://${host}${path}`;
  return new URL(URL.canParse(address) ? address : `http://localhost${path}`);
}

/** `replaced`: the body is not the bytes that were sent, so what the headers say of those no longer holds. */
function headersOf(request: ExpressRequest, replaced: boolean): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const [name, value] = [request.rawHeaders[index]?.toLowerCase() ?? '', request.rawHeaders[index + 1] ?? ''];
    if (!name.startsWith(':') && !(replaced && (name === 'content-length' || name === 'content-encoding'))) headers.append(name, value);
  }
  return headers;
}

function bodyOf(request: ExpressRequest): BodyInit | undefined {
  const parsed: unknown = request.body;
  // Express 4 sets `{}` when no parser ran; a request that is still readable has its body before it.
  if (!request.readableEnded && !request.readableDidRead) return Readable.toWeb(request) as unknown as ReadableStream<Uint8Array>;
  if (parsed === undefined) return undefined;
  if (typeof parsed === 'string') return parsed;
  if (Buffer.isBuffer(parsed)) return new Uint8Array(parsed);
  if (typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length === 0 && request.headers['content-length'] === '0') return undefined;
  return JSON.stringify(parsed);
}
