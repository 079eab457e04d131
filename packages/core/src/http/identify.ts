import type { MaybePromise } from '../app-types.js';
import type { Caller } from '../engine/caller.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { assertOwnerId } from '../session/assert-owner-id.js';
import type { SessionManager } from '../session/session-manager.js';
import type { OwnerScope, SessionRecord } from '../store/index.js';
import { findCredential, type CredentialSource, type FoundCredential } from './credentials.js';
import type { Cors } from './cors.js';

export interface IdentifyOptions {
  sessions: SessionManager;
  authenticate: ((request: Request, info: { session: { readonly label: string } | null }) => MaybePromise<OwnerScope | null>) | null;
  scope: (context: OwnerScope) => OwnerScope;
  accept: readonly CredentialSource[];
  cors: Cors;
}

export interface Identified extends Caller {
  credential: FoundCredential | null;
}

/** Who makes the request. Throws 401 when that can't be told, 403 for a cookie sent by a page of another origin. */
export async function identify(options: IdentifyOptions, request: Request, { body, requestId }: { body: unknown; requestId: string }): Promise<Identified> {
  const credential = findCredential(request, body, options.accept);
  if (credential?.source === 'cookie' && !options.cors.isAllowed(request)) {
    throw new ChatKitError({ code: 'origin_not_allowed', message: 'This origin is not allowed.', status: 403 });
  }
  const session = credential && (await options.sessions.touch(credential.token));
  if (credential && !session) throw expired();
  const context = await contextOf(options, request, session);
  const scope = options.scope(context);
  assertOwnerId(scope.ownerId, 'scope');
  return { scope, context, session, locale: localeOf(request), requestId, credential };
}

async function contextOf({ authenticate }: IdentifyOptions, request: Request, session: SessionRecord | null): Promise<OwnerScope> {
  if (!authenticate) {
    if (!session) throw expired();
    return { ownerId: session.ownerId };
  }
  const context = await askWhoItIs(authenticate, request, session);
  // A session stays its owner's, whoever presents it.
  if (session && session.ownerId !== context.ownerId) throw expired();
  return context;
}

/** What `authenticate` says. Throws 401 for null, and a TypeError for an owner that is none: an app's mistake must not let everybody in as one. */
export async function askWhoItIs(authenticate: NonNullable<IdentifyOptions['authenticate']>, request: Request, session: SessionRecord | null): Promise<OwnerScope> {
  const context = await authenticate(request, { session: session && { label: session.label } });
  if (!context) throw new ChatKitError({ code: 'unauthenticated', message: 'Please sign in.', status: 401 });
  assertOwnerId(context.ownerId, 'authenticate');
  return context;
}

export function expired(): ChatKitError {
  return new ChatKitError({ code: 'session_expired', message: 'The session is unknown or has expired.', status: 401 });
}

function localeOf(request: Request): string {
  const first = /^[^,;]*/.exec(request.headers.get('accept-language') ?? '')?.[0].trim() ?? '';
  return /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(first) ? first : 'en';
}
