import type { Caller } from '../engine/caller.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { notFound } from '../runs/run-hub.js';
import type { RouteContext } from './handle-route.js';
import { jsonResponse, type HttpResponse } from './http-response.js';
import { streamRun } from './run-response.js';
import type { Route } from './routes.js';

type RunRoute = Extract<Route, { name: 'runs.active' | 'runs.events' | 'runs.cancel' }>;

/** The active run of a thread, a run's events, and its end. */
export async function handleRuns({ engine, request }: RouteContext, route: RunRoute, caller: Caller): Promise<HttpResponse> {
  const url = new URL(request.url);
  if (route.name === 'runs.active') {
    const threadId = url.searchParams.get('thread_id');
    if (threadId === null) throw new ChatKitError({ code: 'invalid_request', message: 'expected a thread id', status: 400, path: 'thread_id' });
    if (!(await engine.store.threads.get(caller.scope, { threadId }))) throw notFound();
    const run = await engine.store.runs.getActive(caller.scope, { threadId });
    if (!run || run.leaseExpired) return jsonResponse({ run: null });
    return jsonResponse({ run: { id: run.runId, thread_id: run.threadId, status: run.status, last_event_id: run.lastSeq } });
  }
  const run = await engine.store.runs.get(caller.scope, { runId: route.runId });
  if (!run) throw notFound();
  if (route.name === 'runs.cancel') {
    await engine.hub.cancel(caller.scope, run.runId);
    return jsonResponse({});
  }
  await engine.hub.finishIfDead(run);
  const after = lastEventId(request.headers.get('last-event-id') ?? url.searchParams.get('last_event_id'));
  return streamRun(
    {
      runId: run.runId, threadId: run.threadId, local: engine.hub.local(run.runId) ?? null, result: null,
      events: (from, signal) => engine.hub.follow(caller.scope, { runId: run.runId, after: from, signal }),
    },
    // Whoever asks for a run's events by its id knows how to resume.
    { engine, caller, signal: request.signal, resumes: true, looksOn: true },
    after,
  );
}

function lastEventId(value: string | null): number {
  if (value === null || value === '') return 0;
  if (!/^\d{1,15}$/.test(value)) throw new ChatKitError({ code: 'invalid_request', message: 'expected the number of an event', status: 400, path: 'last-event-id' });
  return Number(value);
}
