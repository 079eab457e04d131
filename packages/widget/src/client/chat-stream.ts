import type { AppTypes } from '@chatkit-selfhost/core';
import { delay } from '../stream/delay.js';
import { readServerEvents } from '../stream/server-event.js';
import { RUN_ID_HEADER, type Api } from './api-fetch.js';
import type { ChatResponse } from './chat-response.js';
import type { ChatStream, SendOptions } from './chatkit-client.js';
import { ChatKitRequestError, errorFrom } from './chatkit-request-error.js';
import { newKey } from './new-key.js';

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 250;

/** The body of a message and how it may be sent: the key makes sending it again safe. */
export function messageCall({ message, threadId, idempotencyKey = newKey() }: SendOptions): { init: RequestInit & { headers: Record<string, string> }; bound: { threadId: string } | undefined } {
  return {
    init: {
      method: 'POST',
      // It resumes and cancels explicitly: a lost connection is no stop.
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, 'x-chatkit-capabilities': 'resume' },
      body: JSON.stringify({ message, ...(threadId === undefined ? {} : { thread_id: threadId }) }),
    },
    bound: threadId === undefined ? undefined : { threadId },
  };
}

/** One request for both forms of the answer. Deltas wait for their reader; the response does not wait for anyone to iterate. */
export function createChatStream<T extends AppTypes>(api: Api, options: SendOptions): ChatStream<T> {
  const call = messageCall(options);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const deltas: string[] = [];
  let wake = (): void => undefined;
  let ended = false;
  let runId: string | null = null;

  const response = read();
  // Whoever iterates hears of it there.
  response.catch(() => undefined);
  let cancelling: Promise<void> | null = null;
  const cancelOnce = (): Promise<void> => (cancelling ??= cancelOnServer());
  signal.addEventListener('abort', () => void (ended ? null : cancelOnce().catch(() => undefined)), { once: true });

  async function read(): Promise<ChatResponse<T>> {
    let given = 0;
    try {
      for (let attempt = 1; ; attempt++) {
        const answer = await api.call(`${api.url}/chat/stream`, { ...call, init: { ...call.init, signal }, repeatable: true, signal });
        if (!answer.ok || !answer.body) throw await errorFrom(answer);
        runId = answer.headers.get(RUN_ID_HEADER);
        // Asked again, the run's text comes from its beginning.
        let skip = given;
        try {
          for await (const { data } of readServerEvents(answer.body)) {
            const frame = JSON.parse(data) as { delta?: string; done?: true; error?: string; error_code?: string };
            if (frame.done) {
              const { done: _done, ...whole } = frame;
              return whole as unknown as ChatResponse<T>;
            }
            if (frame.error !== undefined) return await failed(frame.error, frame.error_code ?? 'error');
            const fresh = (frame.delta ?? '').slice(skip);
            skip -= Math.min(skip, frame.delta?.length ?? 0);
            given += fresh.length;
            if (fresh !== '') deltas.push(fresh);
            wake();
          }
        } catch (error) {
          if (signal.aborted) throw error;
        }
        if (attempt >= ATTEMPTS) throw new ChatKitRequestError({ status: 0, code: 'connection_lost', message: 'The connection to the server was lost.' });
        await delay(FIRST_PAUSE_MS * Math.min(attempt, 8), signal);
      }
    } finally {
      ended = true;
      wake();
    }
  }

  async function failed(error: string, code: string): Promise<ChatResponse<T>> {
    const answer = { session_id: await api.tab.token(), thread_id: options.threadId ?? '', message: error, timestamp: new Date().toISOString(), type: 'error' as const, error, error_code: code };
    return answer;
  }

  async function cancelOnServer(): Promise<void> {
    // Not answered yet: the same key says which run it became.
    const id = runId ?? (await findRun(api, call));
    if (id !== null) await cancelRun(api, id);
  }

  return {
    response,
    cancel: async () => {
      if (ended || signal.aborted) return;
      stop.abort();
      await cancelOnce();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        yield* deltas.splice(0);
        if (ended) break;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      yield* deltas.splice(0);
      await response;
    },
  };
}

/** The run that a message became, by its key. */
export async function findRun(api: Api, call: ReturnType<typeof messageCall>): Promise<string | null> {
  const connection = new AbortController();
  const answer = await api.call(`${api.url}/chat/stream`, { ...call, init: { ...call.init, signal: connection.signal }, repeatable: false });
  connection.abort();
  return answer.headers.get(RUN_ID_HEADER);
}

export async function cancelRun(api: Api, runId: string): Promise<void> {
  const answer = await api.call(`${api.url}/runs/${runId}/cancel`, { init: { method: 'POST', keepalive: true }, repeatable: true, bound: { threadId: null } });
  if (!answer.ok) throw await errorFrom(answer);
  await answer.body?.cancel();
}
