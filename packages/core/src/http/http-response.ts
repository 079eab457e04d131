/** An answer as adapters write it: they never go through `Response.body`. */
export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Text, or pieces as they become ready; call the iterator's `return` when the client has gone. */
  body: string | AsyncIterable<string | Uint8Array> | null;
}

export function jsonResponse(body: unknown, { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers }, body: JSON.stringify(body) };
}

/** As a web `Response`. */
export function toWebResponse({ status, headers, body }: HttpResponse): Response {
  if (body === null || typeof body === 'string') return new Response(body, { status, headers });
  return new Response(toReadableStream(body), { status, headers });
}

function toReadableStream(body: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    // Nothing is made before it is asked for: the run's log is the buffer.
    { highWaterMark: 0 },
  );
}
