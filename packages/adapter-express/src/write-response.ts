import { once } from 'node:events';
import type { HttpResponse } from '@chatkit-selfhost/core';
import type { Response as ExpressResponse } from 'express';

/** Writes at the pace of the client: the next piece is asked for when this one is out. `gone` aborts when the connection is lost. */
export async function writeResponse(response: ExpressResponse, { status, headers, body }: HttpResponse, gone: AbortSignal): Promise<void> {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === null || typeof body === 'string') {
    response.end(body ?? undefined);
    return;
  }
  response.flushHeaders();
  const iterator = body[Symbol.asyncIterator]();
  const stop = (): void => void iterator.return?.().catch(() => undefined);
  gone.addEventListener('abort', stop, { once: true });
  try {
    if (gone.aborted) return stop();
    for (;;) {
      const next = await iterator.next();
      if (next.done || gone.aborted) break;
      const more = response.write(next.value);
      // `compression` holds bytes back until it is told that they matter now.
      flush(response);
      if (!more && !gone.aborted) await once(response, 'drain', { signal: gone }).catch(() => undefined);
    }
    if (!gone.aborted) response.end();
  } catch (error) {
    // Headers are out: all that is left is to break the connection, so that the client knows that the end is missing.
    response.destroy(error instanceof Error ? error : undefined);
  } finally {
    gone.removeEventListener('abort', stop);
  }
}

function flush(response: ExpressResponse): void {
  const { flush: flushCompressed } = response as { flush?: unknown };
  if (typeof flushCompressed === 'function') flushCompressed.call(response);
}
