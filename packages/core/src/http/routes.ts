/** What an address below the base path stands for. */
export type Route =
  | { name: 'session.create' | 'session.renew' | 'session.fork' | 'session.end' | 'session.close' }
  | { name: 'chat' | 'chat.stream' | 'history' | 'chatkit' | 'healthz' | 'readyz' }
  | { name: 'attachments.store' }
  | { name: 'runs.active' }
  | { name: 'runs.events' | 'runs.cancel'; runId: string }
  | { name: 'attachments'; path: string };

export type RouteMatch = { found: true; route: Route } | { found: false; allow: string[] };

const FIXED: Record<string, Partial<Record<string, Exclude<Route, { runId: string } | { path: string }>['name']>>> = {
  '/session': { POST: 'session.create', DELETE: 'session.end' },
  '/session/renew': { POST: 'session.renew' },
  '/session/fork': { POST: 'session.fork' },
  '/session/close': { POST: 'session.close' },
  '/chat': { POST: 'chat' },
  '/chat/stream': { POST: 'chat.stream' },
  '/history': { GET: 'history' },
  '/chatkit': { POST: 'chatkit' },
  '/runs': { GET: 'runs.active' },
  '/attachments': { POST: 'attachments.store' },
  // Probes often ask for the head alone.
  '/healthz': { GET: 'healthz', HEAD: 'healthz' },
  '/readyz': { GET: 'readyz', HEAD: 'readyz' },
};

/** Finds the route of a path below the base path. `allow`: the methods that it does have; none: there is no such address. */
export function matchRoute(method: string, path: string): RouteMatch {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  if (Object.hasOwn(FIXED, trimmed)) {
    const methods = FIXED[trimmed] ?? {};
    const name = Object.hasOwn(methods, method) ? methods[method] : undefined;
    return name ? { found: true, route: { name } } : { found: false, allow: Object.keys(methods) };
  }
  const run = /^\/runs\/([\w-]{1,128})\/(events|cancel)$/.exec(trimmed);
  if (run?.[1] !== undefined) {
    const events = run[2] === 'events';
    const allowed = events ? 'GET' : 'POST';
    return method === allowed ? { found: true, route: { name: events ? 'runs.events' : 'runs.cancel', runId: run[1] } } : { found: false, allow: [allowed] };
  }
  if (path.startsWith('/attachments/')) return { found: true, route: { name: 'attachments', path: path.slice('/attachments'.length) } };
  return { found: false, allow: [] };
}
