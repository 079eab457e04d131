import { RUN_ID_HEADER, type Api } from '../client/api-fetch.js';
import { cancelRun } from '../client/cancel-run.js';
import { newKey } from '../client/new-key.js';
import { isBelow } from '../client/resolve-url.js';
import { isUnloading } from '../session/page-lifetime.js';
import { followRun } from './follow-run.js';
import { IN_GOOD_ORDER } from './in-good-order.js';
import { operationFacts } from './operation.js';
import { toRequestParts } from './request-parts.js';
import { splicedBody } from './spliced-body.js';

export interface ElementFetch {
  fetch: typeof fetch;
  /** What is aborted from now on of the answers being read was not stopped by the user: the page takes the element away. */
  keepRuns: () => void;
  /** Hears of nothing any more. */
  release: () => void;
}

interface OpenStream {
  kept: boolean;
  /** The answer has begun. */
  begun: boolean;
  /** Ends what is read of it, in good order. */
  end: () => void;
}

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/**
 * The `fetch` for the element. Its aborts mean Stop (that is how the element says it) unless the page goes away; a lost connection means
 * nothing: the answer is followed from where it was.
 */
export function createElementFetch(api: Api): ElementFetch {
  const open = new Set<OpenStream>();

  const elementFetch: typeof fetch = async (input, init) => {
    const request = await toRequestParts(input, init);
    if (!isBelow(api.url, request.address)) return api.plainFetch(input, init);
    const { streams, repeatable, bound } = operationFacts(request.init.body);
    if (!streams) return api.call(request.address, { init: request.init, repeatable: repeatable || request.init.method === 'GET', bound, signal: request.signal });
    const headers = new Headers(request.init.headers);
    headers.set('x-chatkit-capabilities', 'resume');
    if (!headers.has('idempotency-key')) headers.set('idempotency-key', newKey());
    return stream(request.address, { ...request.init, headers }, bound, request.signal);
  };

  async function stream(address: string, init: RequestInit, bound: { threadId: string | null } | undefined, stop: AbortSignal | undefined): Promise<Response> {
    // The connection has a signal of its own: a stop has to know the run's id, which only the answer says.
    const connection = new AbortController();
    const answered = api.call(address, { init: { ...init, signal: connection.signal }, repeatable: true, bound, signal: connection.signal });
    const entry: OpenStream = { kept: false, begun: false, end: () => connection.abort(IN_GOOD_ORDER) };
    const onStop = (): void => {
      open.delete(entry);
      if (entry.kept || isUnloading()) return connection.abort(stop?.reason);
      void answered
        .then(async (response) => {
          const runId = response.headers.get(RUN_ID_HEADER);
          if (runId !== null) await cancelRun(api, runId);
        })
        .catch(() => undefined)
        .finally(() => connection.abort(stop?.reason));
    };
    open.add(entry);
    const aborted = whenAborted(stop, onStop);
    try {
      const response = await Promise.race([answered, aborted.promise]);
      const runId = response.headers.get(RUN_ID_HEADER);
      if (!response.ok || runId === null || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        open.delete(entry);
        aborted.release();
        return response;
      }
      entry.begun = true;
      const body = splicedBody({
        first: response,
        signal: stop ? AbortSignal.any([stop, connection.signal]) : connection.signal,
        follow: (lastEventId, signal) => followRun(api, runId, lastEventId, signal),
        onEnd: () => {
          open.delete(entry);
          aborted.release();
          connection.abort();
        },
      });
      return new Response(body, { status: response.status, headers: response.headers });
    } catch (error) {
      if (!stop?.aborted) open.delete(entry);
      if (connection.signal.reason === IN_GOOD_ORDER) return new Response('', { headers: EVENT_STREAM });
      throw error;
    }
  }

  // What is being written belongs to a user who has gone; an element can only be cleared once it streams no more.
  const unsubscribe = api.tab.subscribe(({ type }) => {
    if (type === 'session') return;
    for (const entry of open) if (type === 'logout' || entry.begun) entry.end();
  });

  return {
    fetch: elementFetch,
    keepRuns: () => open.forEach((entry) => (entry.kept = true)),
    release: unsubscribe,
  };
}

/** Rejects, and tells, when the signal aborts. */
function whenAborted(signal: AbortSignal | undefined, tell: () => void): { promise: Promise<never>; release: () => void } {
  let abort = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    abort = () => {
      tell();
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
    };
  });
  promise.catch(() => undefined);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return { promise, release: () => signal?.removeEventListener('abort', abort) };
}
