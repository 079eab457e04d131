import type { EventSourceMessage } from 'eventsource-parser';

/** Reads an event stream piece by piece. `onBytes` hears of every piece, heartbeats as well. */
export async function* readServerEvents(body: ReadableStream<Uint8Array>, onBytes?: () => void): AsyncGenerator<EventSourceMessage, void, undefined> {
  const decoder = new TextDecoder();
  const ready: EventSourceMessage[] = [];
  // Needed with the first answer, not to show the page.
  const { createParser } = await import('eventsource-parser');
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes?.();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    // Not only the lock: what is not read any more need not be sent.
    await reader.cancel().catch(() => undefined);
  }
}
