import { isObject } from '../protocol/json.js';
import type { ThreadStreamEvent } from '../protocol/stream-event.js';
import { readServerEvents } from './read-server-events.js';

/** The thread events of an answer, in order; what isn't one is skipped. Ends early when one of the signals aborts. */
export async function* readStreamEvents(response: Response, ...signals: (AbortSignal | undefined)[]): AsyncGenerator<ThreadStreamEvent> {
  if (!response.body) return;
  for await (const data of readServerEvents(response.body, ...signals)) {
    const event = parseEvent(data);
    if (event) yield event;
  }
}

function parseEvent(data: string): ThreadStreamEvent | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) && typeof value['type'] === 'string' ? (value as unknown as ThreadStreamEvent) : undefined;
  } catch {
    return undefined;
  }
}
