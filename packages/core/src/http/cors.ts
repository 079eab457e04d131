import { ChatKitError } from '../errors/chatkit-error.js';
import type { HttpResponse } from './http-response.js';

export interface CorsOptions {
  /** Exact origins (`https://app.example.com`), or patterns that match a whole origin. `'*'`: any, but then without credentials. */
  origins: (string | RegExp)[];
  /** Whether cookies may be sent across origins. Not with `'*'`. */
  credentials?: boolean | undefined;
}

/** Response headers that a page on another origin may read. */
const EXPOSED = 'x-chatkit-run-id, x-request-id, retry-after';
const METHODS = 'GET, POST, PUT, DELETE, OPTIONS';
const PREFLIGHT_SECONDS = '600';

export interface Cors {
  /** Headers for an answer to this request. Throws 403 `origin_not_allowed`. */
  headers: (request: Request) => Record<string, string>;
  /** The answer to a preflight; null: not one. */
  preflight: (request: Request) => HttpResponse | null;
  /** Whether the request comes from this origin's own pages, from an allowed one, or from no page at all. */
  isAllowed: (request: Request) => boolean;
}

export function createCors(options: CorsOptions | undefined): Cors {
  const any = options?.origins.includes('*') ?? false;
  if (any && options?.credentials) throw new TypeError("cors: '*' can't be combined with credentials; list the origins.");

  const isListed = (origin: string): boolean =>
    options?.origins.some((allowed) => (typeof allowed === 'string' ? allowed === origin : matchesWhole(allowed, origin))) ?? false;

  const headers = (request: Request): Record<string, string> => {
    const origin = request.headers.get('origin');
    if (!options || origin === null) return options ? { vary: 'origin' } : {};
    if (!any && !isListed(origin)) {
      if (isSameOrigin(request, origin)) return { vary: 'origin' };
      throw new ChatKitError({ code: 'origin_not_allowed', message: 'This origin is not allowed.', status: 403 });
    }
    return {
      vary: 'origin',
      'access-control-allow-origin': any ? '*' : origin,
      'access-control-expose-headers': EXPOSED,
      ...(options.credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    };
  };

  return {
    headers,
    preflight: (request) => {
      if (request.method !== 'OPTIONS') return null;
      const allowed = headers(request);
      const requested = request.headers.get('access-control-request-headers');
      const preflight: Record<string, string> = !allowed['access-control-allow-origin']
        ? {}
        : {
            'access-control-allow-methods': METHODS,
            'access-control-max-age': PREFLIGHT_SECONDS,
            // Reflected: the official element adds headers of its own, and may add more.
            ...(requested === null ? {} : { 'access-control-allow-headers': requested }),
          };
      return { status: 204, headers: { ...allowed, ...preflight }, body: null };
    },
    isAllowed: (request) => {
      const origin = request.headers.get('origin');
      return origin === null ? request.headers.get('sec-fetch-site') !== 'cross-site' : isListed(origin) || isSameOrigin(request, origin);
    },
  };
}

function matchesWhole(pattern: RegExp, origin: string): boolean {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, '')).test(origin);
}

/** By host alone: behind a proxy the scheme of the request is often not the page's. */
function isSameOrigin(request: Request, origin: string): boolean {
  try {
    return new URL(origin).host === (request.headers.get('host') ?? new URL(request.url).host);
  } catch {
    return false;
  }
}
