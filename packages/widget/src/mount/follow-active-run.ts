import type { ThreadStreamEvent } from '@chatkit-selfhost/core';
import type { OpenAIChatKit } from '@openai/chatkit';
import type { Api } from '../client/api-fetch.js';
import { cancelRun } from '../client/cancel-run.js';
import { followRun } from '../stream/follow-run.js';
import { readServerEvents } from '../stream/server-event.js';
import { splicedBody } from '../stream/spliced-body.js';
import { whenIdle } from './when-idle.js';

/** The self-hosted element can show a response that it has not asked for itself; the official one can't. */
interface FollowingElement {
  followResponse?: (response: Response, options: { stop: () => void }) => Promise<void>;
}

/**
 * After a refresh in the middle of an answer: has the element show the thread's run as it goes on, or, where it can't, read the thread
 * whenever an item is finished.
 */
export async function followActiveRun(api: Api, element: OpenAIChatKit & FollowingElement, threadId: string, signal: AbortSignal): Promise<void> {
  const { runId, lastEventId } = await api.tab.look(threadId);
  if (runId === null || signal.aborted) return;
  const first = await followRun(api, runId, 0, signal);
  if (!first.ok) return;
  const connection = new AbortController();
  const body = splicedBody({
    first,
    signal: AbortSignal.any([signal, connection.signal]),
    follow: (after, attempt) => followRun(api, runId, after, attempt),
    effectsDoneUpTo: lastEventId,
    onEnd: () => connection.abort(),
  });
  if (typeof element.followResponse === 'function') return showIn(element, new Response(body), () => cancelRun(api, runId), () => api.tab.threadId() === threadId, signal);
  for await (const { data } of readServerEvents(body)) {
    const { type } = JSON.parse(data) as ThreadStreamEvent;
    if (type === 'thread.item.done' || type === 'thread.item.replaced' || type === 'thread.item.removed') await whenIdle(() => element.fetchUpdates(), signal);
  }
  await whenIdle(() => element.fetchUpdates(), signal);
}

async function showIn(element: FollowingElement, response: Response, stop: () => Promise<void>, isShown: () => boolean, signal: AbortSignal): Promise<void> {
  await whenIdle(async () => {
    // The user may have opened another thread in the meantime.
    if (isShown()) await element.followResponse?.(response, { stop: () => void stop().catch(() => undefined) });
  }, signal);
  if (!response.bodyUsed) await response.body?.cancel();
}
