import { createChatKit, defineResponseTypes, type Store, type Turn } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import * as z from 'zod';

export const responseTypes = defineResponseTypes({
  item_created: { schema: z.object({ name: z.string(), addedAt: z.date() }), message: ({ name }) => `Added ${name}.` },
});

export interface SeenRequest {
  method: string;
  path: string;
  headers: Headers;
  body: string;
}

/** The real server behind a `fetch` that sees, delays and breaks what passes. */
export function serve({ store = memoryStore(), respond = answer }: { store?: Store | undefined; respond?: ((turn: Turn<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>) => AsyncIterable<string> | Promise<void>) | undefined } = {}) {
  const chatkit = createChatKit({ store, responseTypes, respond, logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined } });
  const requests: SeenRequest[] = [];
  /** Looked at before each request; what it returns or throws takes the answer's place. */
  const faults: ((request: SeenRequest) => Response | Error | undefined)[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const seen = { method: request.method, path: new URL(request.url).pathname + new URL(request.url).search, headers: request.headers, body: await request.clone().text() };
    requests.push(seen);
    for (const fault of faults) {
      const instead = fault(seen);
      if (instead instanceof Error) throw instead;
      if (instead) return instead;
    }
    return abortable(chatkit.fetch(request), request.signal);
  };
  return { chatkit, requests, faults, fetch: send, url: 'http://shop.test/agent', paths: () => requests.map(({ method, path }) => `${method} ${path.replace('/agent', '')}`) };
}

async function* answer({ userText }: { userText: string }): AsyncGenerator<string> {
  for (const word of `You said: ${userText}`.split(/(?<= )/)) yield word;
}

/** Does something the first `times` times that it matches. */
export function once<T>(matches: (request: SeenRequest) => boolean, effect: () => T, times = 1): (request: SeenRequest) => T | undefined {
  let left = times;
  return (request) => (left > 0 && matches(request) ? (left--, effect()) : undefined);
}

/** A browser's fetch lets go at once when it is aborted. */
async function abortable(answering: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  aborted.catch(() => undefined);
  const { body, status, headers } = await Promise.race([answering, aborted]);
  if (!body) return new Response(null, { status, headers });
  const passed = new TransformStream<Uint8Array, Uint8Array>();
  body.pipeTo(passed.writable, { signal }).catch(() => undefined);
  return new Response(passed.readable, { status, headers });
}
