import type { AppTypes } from '@chatkit-selfhost/core';
import { StreamLost, UnbrokenEvents, type StreamPatience } from '../stream/unbroken-events.js';
import { RUN_ID_HEADER, type Api } from './api-fetch.js';
import type { ChatResponse } from './chat-response.js';
import type { ChatStream, MessageOptions } from './chatkit-client.js';
import { ChatKitRequestError, errorFrom } from './chatkit-request-error.js';
import { createMessage } from './create-message.js';

/** One request for both forms of the answer. Deltas wait for their reader; the response does not wait for anyone to iterate. */
export function createChatStream<T extends AppTypes>(api: Api, options: MessageOptions, patience: StreamPatience = {}): ChatStream<T> {
  const message = createMessage(api, options);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const deltas: string[] = [];
  let wake = (): void => undefined;
  let ended = false;
  let runId: string | null = null;

  let cancelling: Promise<void> | null = null;
  // Not answered yet: the message itself knows what it became.
  const cancelOnce = (): Promise<void> => (cancelling ??= message.cancel(runId));
  const onAbort = (): void => void cancelOnce().catch(() => undefined);
  // Nobody may read on, and the session that could say Stop is gone: the server finishes the answer.
  const unsubscribe = api.tab.subscribe(({ type }) => {
    if (type !== 'logout') return;
    signal.removeEventListener('abort', onAbort);
    stop.abort();
  });
  const response = read();
  // Whoever iterates hears of it there.
  response.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  async function read(): Promise<ChatResponse<T>> {
    try {
      signal.throwIfAborted();
      const first = await message.post('/chat/stream', { signal });
      if (!first.ok || !first.body) throw await errorFrom(first);
      runId = first.headers.get(RUN_ID_HEADER);
      return await readAll(first);
    } finally {
      ended = true;
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
      wake();
    }
  }

  async function readAll(first: Response): Promise<ChatResponse<T>> {
    const events = new UnbrokenEvents({ first, signal, ...patience, again: (attempt) => message.post('/chat/stream', { signal: attempt, again: true }) });
    let current = 0;
    let given = 0;
    let skip = 0;
    try {
      for await (const { message: { data }, connection } of events) {
        // Asked again, the run's text comes from its beginning.
        if (connection !== current) skip = given;
        current = connection;
        const frame = JSON.parse(data) as { delta?: string; done?: true; error?: string; error_code?: string };
        if (frame.done) {
          const { done: _done, ...whole } = frame;
          return whole as unknown as ChatResponse<T>;
        }
        if (frame.error !== undefined) return await failed(frame.error, frame.error_code ?? 'error');
        const fresh = (frame.delta ?? '').slice(skip);
        skip -= Math.min(skip, frame.delta?.length ?? 0);
        given += fresh.length;
        if (fresh === '') continue;
        events.progress();
        deltas.push(fresh);
        wake();
      }
    } catch (error) {
      if (!(error instanceof StreamLost)) throw error;
      if (error.answer) throw await errorFrom(error.answer);
    }
    throw new ChatKitRequestError({ status: 0, code: 'connection_lost', message: 'The connection to the server was lost.' });
  }

  async function failed(error: string, code: string): Promise<ChatResponse<T>> {
    const answer = { session_id: await api.tab.token(), thread_id: options.threadId ?? '', message: error, timestamp: new Date().toISOString(), type: 'error' as const, error, error_code: code };
    return answer;
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
