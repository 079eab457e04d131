import type { Api } from '../client/api-fetch.js';

/** A run's events after a number, then live. */
export function followRun(api: Api, runId: string, lastEventId: number, signal: AbortSignal): Promise<Response> {
  return api.call(`${api.url}/runs/${runId}/events`, {
    init: { headers: { accept: 'text/event-stream', 'x-chatkit-capabilities': 'resume', 'last-event-id': String(lastEventId) }, signal },
    // Whoever follows tries again by itself.
    repeatable: false, bound: { threadId: null }, signal,
  });
}
