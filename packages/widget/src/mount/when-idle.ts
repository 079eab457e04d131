import { delay } from '../stream/delay.js';

const TRIES = 40;
const PAUSE_MS = 100;

/** The element refuses most calls while it loads or streams: then a little later. */
export async function whenIdle(call: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; attempt <= TRIES && !signal.aborted; attempt++) {
    try {
      return await call();
    } catch {
      await delay(PAUSE_MS, signal);
    }
  }
}
