import { createParser } from 'eventsource-parser';

/**
 * The `data` of every server-sent event of a body, in order. Comments and other fields are skipped.
 * Reading ends, and the body is cancelled, when one of the signals aborts.
 */
export async function* readServerEvents(body: ReadableStream<Uint8Array>, ...signals: (AbortSignal | undefined)[]): AsyncGenerator<string> {
  const reader = body.getReader();
  // A page's own fetch may ignore the signal once it has answered: stopping must work all the same.
  const stop = (): void => void reader.cancel().catch(() => undefined);
  for (const signal of signals) {
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  }
  const decoder = new TextDecoder();
  const ready: string[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event.data) });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
      if (done) return;
    }
  } finally {
    for (const signal of signals) signal?.removeEventListener('abort', stop);
    // Left early (thread closed, element removed): the server should notice that nobody reads.
    await reader.cancel().catch(() => undefined);
  }
}
