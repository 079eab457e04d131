import { newId, type ChatKitServer, type HttpResponse } from '@chatkit-selfhost/core';
import type { Request as ExpressRequest, RequestHandler, Response as ExpressResponse } from 'express';
import { toWebRequest } from './to-web-request.js';
import { writeResponse } from './write-response.js';

/**
 * Express 4 and 5: mount it anywhere, `app.use('/agent', chatkitRouter(chatkit))`. It works before and after body parsers, and behind
 * `compression`. Translates only: what is answered is decided by the server.
 */
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function chatkitRouter(chatkit: ChatKitServer<any>): RequestHandler {
  return (request, response, next) => {
    // Has no form as a web request.
    if (request.method === 'TRACE') return next();
    answer(chatkit, request, response).catch(next);
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
async function answer(chatkit: ChatKitServer<any>, request: ExpressRequest, response: ExpressResponse): Promise<void> {
  const gone = new AbortController();
  // `close` without `finish`: the connection was lost before all was written.
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  // Lost before this was asked, while the app's own handlers took their time: that event has been.
  if (response.destroyed || response.closed) gone.abort();
  // Express took the mount path off: what is left is the address within.
  const path = request.path;
  const asked = webRequest(request, gone.signal);
  const answered = asked ? await chatkit.handle(asked, { path }) : notARequest();
  await writeResponse(response, answered, gone.signal);
}

/** Null when what came has no form as a web request: the app's error handler would be asked to answer what the client did wrong. */
function webRequest(request: ExpressRequest, signal: AbortSignal): Request | null {
  try {
    return toWebRequest(request, signal);
  } catch {
    return null;
  }
}

function notARequest(): HttpResponse {
  const requestId = newId('request');
  return {
    status: 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-request-id': requestId },
    body: JSON.stringify({ code: 'invalid_request', message: 'The request could not be read.', request_id: requestId }),
  };
}
