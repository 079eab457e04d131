import type { ThreadStreamEvent } from '@chatkit-selfhost/core';
import type { OpenAIChatKit } from '@openai/chatkit';
import type { Api } from '../client/api-fetch.js';
import { followRun } from '../stream/follow-run.js';
import { readServerEvents } from '../stream/server-event.js';
import { splicedBody } from '../stream/spliced-body.js';
import { whenIdle } from './when-idle.js';

/**
 * After a refresh in the middle of an answer: follows the thread's run to its end, and has the element read the thread whenever an item
 * is finished.
 */
export async function followActiveRun(api: Api, element: OpenAIChatKit, threadId: string, signal: AbortSignal): Promise<void> {
  const { runId } = await api.tab.look(threadId);
  if (runId === null || signal.aborted) return;
  const first = await followRun(api, runId, 0, signal);
  if (!first.ok) return;
  const connection = new AbortController();
  const body = splicedBody({
    first,
    signal: AbortSignal.any([signal, connection.signal]),
    follow: (lastEventId, attempt) => followRun(api, runId, lastEventId, attempt),
    onEnd: () => connection.abort(),
  });
  for await (const { data } of readServerEvents(body)) {
    const { type } = JSON.parse(data) as ThreadStreamEvent;
    if (type === 'thread.item.done' || type === 'thread.item.replaced' || type === 'thread.item.removed') await whenIdle(() => element.fetchUpdates(), signal);
  }
  await whenIdle(() => element.fetchUpdates(), signal);
}
