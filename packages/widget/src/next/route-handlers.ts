import type { ChatKitServer } from '@chatkit-selfhost/core';

type Handler = (request: Request) => Promise<Response>;

/**
 * For `app/agent/[...path]/route.ts`: `export const { GET, POST, PUT, DELETE, OPTIONS } = routeHandlers(chatkit)`. The folder is the
 * server's `basePath`.
 */
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function routeHandlers(chatkit: ChatKitServer<any>): Record<'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS', Handler> {
  const handle: Handler = (request) => chatkit.fetch(request);
  return { GET: handle, POST: handle, PUT: handle, DELETE: handle, OPTIONS: handle };
}
