import { ChatKitError } from '../errors/chatkit-error.js';
import { jsonResponse, type HttpResponse } from './http-response.js';

/** What is told of an error: its code, message and path when it was thrown on purpose, nothing but the request's id otherwise. */
export function errorResponse(error: unknown, requestId: string): HttpResponse {
  const known = ChatKitError.isInstance(error) ? error : null;
  const status = known && known.status >= 400 && known.status <= 599 ? known.status : 500;
  return jsonResponse(
    {
      code: known?.code ?? 'internal_error',
      message: known?.message ?? 'Something went wrong. Please try again.',
      ...(known?.path === undefined ? {} : { path: known.path }),
      request_id: requestId,
    },
    { status, headers: known?.retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(known.retryAfter)) } },
  );
}
