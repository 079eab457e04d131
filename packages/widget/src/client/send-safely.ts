import { isAbort } from './chatkit-request-error.js';
import { delay } from '../stream/delay.js';

export interface RetryOptions {
  /** Whether sending it twice does no more than sending it once. */
  repeatable: boolean;
  signal?: AbortSignal | undefined;
  /** Tries in all. Default 4. */
  attempts?: number | undefined;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Sends again what is safe to send again: after a network error, and after a 503 that says when. */
export async function sendSafely(send: () => Promise<Response>, { repeatable, signal, attempts = 4 }: RetryOptions): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const last = !repeatable || attempt >= attempts;
    try {
      const response = await send();
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      if (response.status !== 503 || last || Number.isNaN(seconds)) return response;
      await response.body?.cancel();
      await delay(Math.min(seconds * 1000, LONGEST_PAUSE_MS), signal);
    } catch (error) {
      if (last || isAbort(error) || signal?.aborted) throw error;
      await delay(FIRST_PAUSE_MS * 2 ** (attempt - 1), signal);
    }
  }
}
