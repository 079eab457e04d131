import { delay } from '../stream/delay.js';
import type { Api } from './api-fetch.js';
import { ChatKitRequestError, errorFrom } from './chatkit-request-error.js';
import { mayPass } from './may-pass.js';

const DELIVER_WITHIN_MS = 120_000;
/** A request into a network that is gone may hang for much longer. */
const ATTEMPT_MS = 15_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3_000;

/**
 * Stops a run on the server. Whoever pressed Stop while the network was away meant it all the same: it is said again for two minutes, at
 * once when the browser is online again. Throws when the server refuses or stays away.
 */
export async function cancelRun(api: Api, runId: string): Promise<void> {
  const until = Date.now() + DELIVER_WITHIN_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const answer = await api.call(`${api.url}/runs/${runId}/cancel`, {
        init: { method: 'POST', keepalive: true, signal: AbortSignal.timeout(ATTEMPT_MS) }, repeatable: false, bound: { threadId: null },
      });
      if (!answer.ok) throw await errorFrom(answer);
      await answer.body?.cancel();
      return;
    } catch (error) {
      if (Date.now() > until || (error instanceof ChatKitRequestError && !mayPass(error.status))) throw error;
    }
    await delay(pause);
    // Logged out meanwhile: there is nobody left to say it, and no session to be made for it.
    if ((await api.tab.known()) === null) return;
  }
}
