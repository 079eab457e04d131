import type { ApiCall, Api } from './api-fetch.js';
import { RUN_ID_HEADER } from './api-fetch.js';
import { cancelRun } from './cancel-run.js';
import type { MessageOptions } from './chatkit-client.js';
import { newKey } from './new-key.js';

export interface Message {
  /**
   * Sends it, with one key each time: it is one message, however often it is sent. `again`: to hear of the run that it became, which
   * another owner than the one who sent it must not start.
   */
  post: (path: '/chat' | '/chat/stream', how?: { signal?: AbortSignal; again?: boolean }) => Promise<Response>;
  /** Stops its answer on the server. What never left needs no stop, and is not sent for it. */
  cancel: (runId?: string | null) => Promise<void>;
}

/** One message to the simple API. */
export function createMessage(api: Api, { message, threadId, userId, idempotencyKey = newKey() }: MessageOptions): Message {
  let hasLeft = false;
  const init = {
    method: 'POST',
    // It resumes and cancels explicitly: a lost connection is no stop.
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, 'x-chatkit-capabilities': 'resume' },
    body: JSON.stringify({ message, ...(threadId === undefined ? {} : { thread_id: threadId }), ...(userId === undefined ? {} : { user_id: userId }) }),
  };
  const bound: ApiCall['bound'] = threadId === undefined ? undefined : { threadId };

  const post: Message['post'] = (path, { signal, again = false } = {}) =>
    api.call(api.url + path, { init: { ...init, ...(signal ? { signal } : {}) }, repeatable: !again, bound: again ? { threadId: null } : bound, signal, onLeave: () => (hasLeft = true) });

  /** The run that the message became: the same key says it. */
  async function findRun(): Promise<string | null> {
    const connection = new AbortController();
    const answer = await post('/chat/stream', { signal: connection.signal, again: true });
    connection.abort();
    return answer.headers.get(RUN_ID_HEADER);
  }

  return {
    post,
    cancel: async (known = null) => {
      const runId = known ?? (hasLeft ? await findRun() : null);
      if (runId !== null) await cancelRun(api, runId);
    },
  };
}
