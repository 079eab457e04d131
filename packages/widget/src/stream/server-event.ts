import { createParser, type EventSourceMessage } from 'eventsource-parser';

export interface ServerEventListeners {
  /** Every piece, heartbeats as well. */
  onBytes?: (() => void) | undefined;
  onComment?: ((comment: string) => void) | undefined;
}

/** Reads an event stream piece by piece. */
export async function* readServerEvents(body: ReadableStream<Uint8Array>, { onBytes, onComment }: ServerEventListeners = {}): AsyncGenerator<EventSourceMessage, void, undefined> {
  const decoder = new TextDecoder();
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event), ...(onComment ? { onComment } : {}) });
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
