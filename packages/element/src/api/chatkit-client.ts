import { isObject } from '../protocol/json.js';
import type { ThreadStreamEvent } from '../protocol/stream-event.js';
import { ApiError, errorFromResponse, isAbort } from './api-error.js';
import type { JsonOperation, JsonOperations, StreamingOperation, StreamingOperations } from './operations.js';
import { readStreamEvents } from './read-stream-events.js';
import { retryDelay } from './retry-delay.js';

export interface ChatKitClientOptions {
  url: string;
  fetch: typeof fetch;
  locale: string;
  /** Sent as `chatkit-frame-instance-id`, constant for the life of the element. */
  instanceId: string;
  /** Waits before a stream request is sent again; replaced in tests. */
  wait?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

const maximumAttempts = 5;

/** Speaks the 16 operations of the ChatKit protocol over one URL. */
export class ChatKitClient {
  constructor(private readonly options: ChatKitClientOptions) {}

  /** One JSON operation. Throws ApiError for anything but a 2xx answer with a JSON object. */
  async call<K extends JsonOperation>(
    type: K,
    params: JsonOperations[K]['params'],
    signal?: AbortSignal,
  ): Promise<JsonOperations[K]['result']> {
    const response = await this.post({ type, params }, 'application/json', signal);
    if (!response.ok) throw await errorFromResponse(response);
    const body: unknown = await response.json().catch(() => undefined);
    if (!isObject(body)) throw new ApiError('The server answered with something other than JSON.', response.status);
    return body;
  }

  /**
   * One streaming operation, event by event. A 5xx answer, or a 2xx one that is not an
   * event stream, is posted again up to five times in all; a 4xx answer and a connection
   * that breaks while events arrive are final. `signal` aborts the request; `reading` only ends
   * the reading of its answer, once that is there.
   */
  async *stream<K extends StreamingOperation>(
    type: K,
    params: StreamingOperations[K],
    signal?: AbortSignal,
    reading?: AbortSignal,
  ): AsyncGenerator<ThreadStreamEvent> {
    yield* readStreamEvents(await this.openStream({ type, params }, signal), signal, reading);
  }

  private async openStream(body: object, signal: AbortSignal | undefined): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.post(body, 'text/event-stream', signal);
      const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
      if (response.ok && isStream) return response;
      const final = response.status >= 400 && response.status < 500;
      if (final || attempt === maximumAttempts) {
        if (response.ok) throw new ApiError('The server did not answer with an event stream.', response.status);
        throw await errorFromResponse(response);
      }
      await response.body?.cancel();
      await (this.options.wait ?? wait)(retryDelay(attempt, response.headers.get('retry-after')), signal);
    }
  }

  private async post(body: object, accept: string, signal: AbortSignal | undefined): Promise<Response> {
    // Taken out of the options: the browser's own fetch refuses to be called as somebody's method.
    const { url, locale, instanceId, fetch: send } = this.options;
    const init: RequestInit = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept,
        'accept-language': locale,
        'chatkit-frame-instance-id': instanceId,
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    };
    try {
      return await send(url, init);
    } catch (error) {
      if (isAbort(error) || signal?.aborted) throw error;
      throw new ApiError('The server could not be reached.', 0, 'network_error', error);
    }
  }
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new DOMException('Stopped', 'AbortError'));
      },
      { once: true },
    );
  });
}
