import { isSessionToken } from '../session/session-token.js';

export type CredentialSource = 'bearer' | 'header' | 'body' | 'cookie';

export const SESSION_HEADER = 'x-chatkit-session';
export const SESSION_COOKIE = '__Host-chatkit-session';

export interface FoundCredential {
  token: string;
  source: CredentialSource;
}

/** The session token of a request, from the first accepted place that has one. A bearer token that is no session's is the app's own business. */
export function findCredential(request: Request, body: unknown, accept: readonly CredentialSource[]): FoundCredential | null {
  for (const source of ['header', 'body', 'bearer', 'cookie'] as const) {
    const token = accept.includes(source) ? readFrom(source, request, body) : null;
    if (token !== null && token !== '' && (source !== 'bearer' || isSessionToken(token))) return { token, source };
  }
  return null;
}

function readFrom(source: CredentialSource, request: Request, body: unknown): string | null {
  switch (source) {
    case 'header':
      return request.headers.get(SESSION_HEADER);
    case 'bearer':
      return /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
    case 'body': {
      const given = typeof body === 'object' && body !== null && 'session_id' in body ? body.session_id : null;
      return typeof given === 'string' ? given : null;
    }
    case 'cookie':
      return cookies(request).get(SESSION_COOKIE) ?? null;
  }
}

function cookies(request: Request): Map<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name.trim(), value.join('=').trim()]));
}

/** `Set-Cookie` for a session that the browser keeps out of reach of scripts; an empty token removes it. */
export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax${token === '' ? '; Max-Age=0' : ''}`;
}
