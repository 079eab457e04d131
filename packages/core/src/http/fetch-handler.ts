import type { Engine } from '../engine/engine.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { newId } from '../store/index.js';
import type { SessionManager } from '../session/session-manager.js';
import { createCors, type CorsOptions } from './cors.js';
import type { CredentialSource } from './credentials.js';
import { errorResponse } from './error-response.js';
import type { HttpResponse } from './http-response.js';
import type { IdentifyOptions } from './identify.js';
import { handleRoute } from './handle-route.js';
import { matchRoute } from './routes.js';

export interface FetchHandlerOptions {
  engine: Engine;
  sessions: SessionManager;
  authenticate: IdentifyOptions['authenticate'];
  scope: IdentifyOptions['scope'];
  accept: readonly CredentialSource[];
  cors: CorsOptions | undefined;
  /** Resolves when the stores are ready for use. */
  ready: () => Promise<void>;
}

/** Answers requests below the base path; never throws. `path` begins with `/` and is what follows the base path. */
export type Handle = (request: Request, address: { path: string }) => Promise<HttpResponse>;

export function createFetchHandler(options: FetchHandlerOptions): Handle {
  const { engine } = options;
  const cors = createCors(options.cors);
  const identifying: IdentifyOptions = { sessions: options.sessions, authenticate: options.authenticate, scope: options.scope, accept: options.accept, cors };

  return async (request, { path }) => {
    const requestId = newId('request');
    let corsHeaders: Record<string, string> = {};
    let response: HttpResponse;
    try {
      corsHeaders = cors.headers(request);
      response = cors.preflight(request) ?? (await route(request, path, requestId));
    } catch (error) {
      if (!ChatKitError.isInstance(error) || error.status >= 500) engine.report(error, { requestId });
      response = errorResponse(error, requestId);
    }
    return { ...response, body: request.method === 'HEAD' ? null : response.body, headers: { ...response.headers, ...corsHeaders, 'x-request-id': requestId } };
  };

  async function route(request: Request, path: string, requestId: string): Promise<HttpResponse> {
    const match = matchRoute(request.method, path);
    if (!match.found) {
      if (match.allow.length === 0) throw new ChatKitError({ code: 'not_found', message: 'There is nothing at this address.', status: 404 });
      const refused = errorResponse(new ChatKitError({ code: 'method_not_allowed', message: `Use ${match.allow.join(' or ')}.`, status: 405 }), requestId);
      return { ...refused, headers: { ...refused.headers, allow: match.allow.join(', ') } };
    }
    if (match.route.name !== 'healthz') await options.ready();
    return handleRoute({ engine, sessions: options.sessions, identifying, request, requestId }, match.route);
  }
}
