import { ChatKitError } from '../errors/chatkit-error.js';
import type { IssuedSession } from '../session/session-manager.js';
import { findCredential, sessionCookie } from './credentials.js';
import type { RouteContext } from './handle-route.js';
import { jsonResponse, type HttpResponse } from './http-response.js';
import { askWhoItIs, expired } from './identify.js';
import { readJson } from './read-json.js';

type SessionRoute = 'session.create' | 'session.renew' | 'session.fork' | 'session.end' | 'session.close';

const MAX_LABEL_CHARS = 256;

/** Creating, renewing, forking and ending sessions. */
export async function handleSession(context: RouteContext, route: SessionRoute): Promise<HttpResponse> {
  const { engine, request, sessions, identifying } = context;
  // A beacon sent when the page goes away can't set headers: its body is text.
  const { value: body } = await readJson(request, engine.limits, route === 'session.close' ? ['text/plain'] : []);
  if (route === 'session.create') return issued(context, await create(context, body));

  const credential = findCredential(request, body, identifying.accept);
  if (credential?.source === 'cookie' && !identifying.cors.isAllowed(request)) {
    throw new ChatKitError({ code: 'origin_not_allowed', message: 'This origin is not allowed.', status: 403 });
  }
  if (route === 'session.close') {
    if (credential) await sessions.close(credential.token);
    return jsonResponse({});
  }
  if (!credential) throw expired();
  if (route === 'session.end') {
    await sessions.end(credential.token);
    return jsonResponse({}, { headers: identifying.accept.includes('cookie') ? { 'set-cookie': sessionCookie('') } : {} });
  }
  const session = route === 'session.renew' ? await sessions.renew(credential.token) : await sessions.fork(credential.token);
  if (!session) throw expired();
  return issued(context, session);
}

async function create({ sessions, identifying, request }: RouteContext, body: unknown): Promise<IssuedSession> {
  const label = labelOf(body);
  if (!identifying.authenticate) return sessions.create({ label });
  const { ownerId } = await askWhoItIs(identifying.authenticate, request, null);
  return sessions.create({ ownerId, label });
}

function issued({ identifying }: RouteContext, session: IssuedSession): HttpResponse {
  const cookie: Record<string, string> = identifying.accept.includes('cookie') ? { 'set-cookie': sessionCookie(session.sessionId) } : {};
  return jsonResponse({ session_id: session.sessionId, created_at: session.createdAt.toISOString() }, { headers: cookie });
}

/** `user_id`: an unverified label. */
function labelOf(body: unknown): string {
  if (body === undefined) return '';
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ChatKitError({ code: 'invalid_request', message: 'expected an object', status: 400, path: '' });
  const label: unknown = 'user_id' in body ? body.user_id : '';
  if (label === null) return '';
  if (typeof label !== 'string' || label.length > MAX_LABEL_CHARS) {
    throw new ChatKitError({ code: 'invalid_request', message: `expected a string of at most ${String(MAX_LABEL_CHARS)} characters`, status: 400, path: 'user_id' });
  }
  return label;
}
