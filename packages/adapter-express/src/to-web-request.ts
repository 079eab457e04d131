import { Readable } from 'node:stream';
import type { Request as ExpressRequest } from 'express';

const WITHOUT_BODY = new Set(['GET', 'HEAD']);

/** The web form of a request. A body that a parser has already read is put together again. */
export function toWebRequest(request: ExpressRequest, signal: AbortSignal): Request {
  const body = WITHOUT_BODY.has(request.method) ? undefined : bodyOf(request);
  return new Request(addressOf(request), {
    method: request.method,
    headers: headersOf(request, { replaced: request.readableEnded || request.readableDidRead }),
    signal,
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
}

function addressOf({ originalUrl, protocol, headers: { host = '' } }: ExpressRequest): URL {
  // Joined as text: a path that begins with two slashes would name a host of its own.
  const path = originalUrl.startsWith('/') ? originalUrl : originalUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/?|^(?=.)/i, '/');
  return new URL(`${originOf(protocol === 'https' ? 'https' : 'http', host)}${path}`);
}

/** Clients may send anything as `Host`: what is more than a name and a port (a user, a path, a query) is none. */
function originOf(scheme: 'http' | 'https', host: string): string {
  const address = `${scheme}://${host}`;
  return /^[^\s/\\?#@]+$/.test(host) && URL.canParse(address) ? new URL(address).origin : `${scheme}://localhost`;
}

/** `replaced`: the body is not the bytes that were sent, so what the headers say of those no longer holds. */
function headersOf(request: ExpressRequest, { replaced }: { replaced: boolean }): Headers {
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
  return toJson(parsed) ?? brokenBody();
}

/** Undefined for what has no JSON form, or is nested so deeply that writing it fails, as reading it did not. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** A body that can't be read: the server answers it as it does any other. */
function brokenBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(new TypeError('The parsed body has no JSON form.')) });
}
