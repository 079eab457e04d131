import type { MaybePromise } from '@chatkit-selfhost/core';
import { createTabSession, type TabSession } from '../session/tab-session.js';
import { createTabStore } from '../session/tab-record.js';
import { markAppError } from './app-error.js';
import { resolveUrl } from './resolve-url.js';
import { sendSafely } from './send-safely.js';

export const SESSION_HEADER = 'x-chatkit-session';
export const RUN_ID_HEADER = 'x-chatkit-run-id';

export interface ApiCall {
  init: RequestInit;
  /** Whether sending it twice does no more than sending it once. */
  repeatable: boolean;
  /** What it speaks of that belongs to the session's owner: with another owner it can't be sent again. */
  bound?: { threadId: string | null } | undefined;
  signal?: AbortSignal | undefined;
  /** Told before each attempt that really leaves: what was aborted before is unknown to the server. */
  onLeave?: (() => void) | undefined;
}

/** The requests of one client: with the credential, the app's headers, retries, and a new session when the old one has expired. */
export interface Api {
  readonly url: string;
  readonly tab: TabSession;
  readonly plainFetch: typeof fetch;
  call: (address: string, call: ApiCall) => Promise<Response>;
}

export function createApi(options: { url: string; storage: Storage | 'tab' | 'none'; headers: (() => MaybePromise<HeadersInit>) | undefined; fetch: typeof fetch | undefined }): Api {
  const url = resolveUrl(options.url);
  const plainFetch: typeof fetch = (...request) => (options.fetch ?? globalThis.fetch)(...request);

  async function appHeaders(): Promise<Headers> {
    try {
      return new Headers(await options.headers?.());
    } catch (error) {
      markAppError(error);
      throw error;
    }
  }

  async function send(address: string, init: RequestInit, token: string | undefined, onLeave?: () => void): Promise<Response> {
    const headers = new Headers(init.headers);
    (await appHeaders()).forEach((value, name) => headers.set(name, value));
    if (token !== undefined) headers.set(SESSION_HEADER, token);
    init.signal?.throwIfAborted();
    onLeave?.();
    return plainFetch(address, { ...init, headers });
  }

  const key = `chatkit-selfhost ${url}`;
  const tab = createTabSession({
    url,
    store: createTabStore(options.storage, key),
    // Memory of a client's own is shared with nobody.
    name: options.storage === 'none' ? undefined : key,
    // Creating and looking twice does no harm; a rotation that was answered into the void would.
    send: (path, { method, token }) => sendSafely(() => send(url + path, { method }, token), { repeatable: method === 'GET', attempts: 2 }),
  });

  return {
    url, tab, plainFetch,
    call: async (address, { init, repeatable, bound, signal, onLeave }) => {
      const token = await tab.token();
      const attempt = (credential: string): Promise<Response> => sendSafely(() => send(address, init, credential, onLeave), { repeatable, signal });
      const response = await attempt(token);
      if (response.status !== 401) return response;
      // Signed out of the app altogether: then the refusal stands as it is.
      const other = await tab.replace(token).catch(() => null);
      if (other === null) return response;
      if (bound && (bound.threadId === null || !(await tab.look(bound.threadId)).visible)) return response;
      await response.body?.cancel();
      return attempt(other);
    },
  };
}
