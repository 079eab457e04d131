import { ChatKitRequestError, errorFrom } from '../client/chatkit-request-error.js';
import { createPageRegister } from './other-page.js';
import { pageId } from './page-lifetime.js';
import type { TabRecord, TabStore } from './tab-record.js';

export type TabChange =
  | { type: 'session'; sessionId: string }
  /** The server does not know the thread any more, or the user logged out. */
  | { type: 'thread_lost' }
  | { type: 'logout' };

/** One tab's session and thread: created once, kept over refresh and navigation, replaced when it has expired. */
export interface TabSession {
  /** The token; creates the session when there is none. */
  token: () => Promise<string>;
  /** Null when there is none yet; creates nothing. */
  known: () => Promise<string | null>;
  /** Rejects when the server can't be asked for the session, does not have one, or refuses to make one. */
  check: () => Promise<void>;
  /** After a 401: another session than the refused one. Drops the thread when the new session's owner may not see it. */
  replace: (refused: string) => Promise<string>;
  /** A new token for the same session. */
  renew: () => Promise<string>;
  logout: () => Promise<void>;
  /** The thread to show after a refresh. */
  threadId: () => string | null;
  rememberThread: (threadId: string | null) => void;
  /** Whether the session may see a thread, and what is being written in it. */
  look: (threadId: string) => Promise<ThreadLook>;
  subscribe: (listener: (change: TabChange) => void) => () => void;
}

export interface ThreadLook {
  visible: boolean;
  /** The run that writes in it. */
  runId: string | null;
  /** The number of that run's last event so far. */
  lastEventId: number;
}

export interface TabSessionOptions {
  url: string;
  store: TabStore;
  /** Sends with the app's own headers, and the given token. */
  send: (path: string, init: { method: string; token?: string | undefined }) => Promise<Response>;
}

export function createTabSession({ url, store, send }: TabSessionOptions): TabSession {
  const listeners = new Set<(change: TabChange) => void>();
  const pages = createPageRegister(`chatkit-selfhost ${url}`);
  let restored: Promise<void> | null = null;
  let creating: Promise<string> | null = null;
  let replacing: Promise<string> | null = null;
  /** Restored, and the server could not be asked for it yet. */
  let isUnproven = false;

  const tell = (change: TabChange): void => listeners.forEach((listener) => listener(change));
  const write = (record: Omit<TabRecord, 'heldBy'>): void => store.write({ ...record, heldBy: pageId });

  async function issue(path: string, token?: string): Promise<string> {
    const response = await send(path, { method: 'POST', token });
    if (!response.ok) throw await errorFrom(response);
    const { session_id: sessionId } = ((await response.json().catch(() => null)) ?? {}) as { session_id?: unknown };
    if (typeof sessionId !== 'string') throw new ChatKitRequestError({ status: response.status, code: 'not_a_session', message: `${url}${path} did not answer with a session.` });
    return sessionId;
  }

  /** What an earlier page of this tab left, or a tab that this one was copied from. */
  async function restore(): Promise<void> {
    const record = store.read();
    if (!record || record.heldBy === pageId) return;
    const { sessionId, threadId } = record;
    if (record.heldBy !== null && (await pages.isAlive(record.heldBy))) {
      const forked = await issue('/session/fork', sessionId).catch(() => null);
      // Two tabs with one token would end each other's session.
      store.write(null);
      if (forked !== null) write({ sessionId: forked, threadId });
      return;
    }
    write({ sessionId, threadId });
    // Without a network there is nothing to know yet.
    await revive(sessionId).catch(() => undefined);
  }

  /** Any use takes back a soft close. */
  async function revive(sessionId: string): Promise<void> {
    isUnproven = true;
    const response = await send('/history?limit=1', { method: 'GET', token: sessionId });
    if (response.status === 401) {
      await response.body?.cancel();
      await replace(sessionId);
    } else if (!response.ok && response.status !== 429) throw await errorFrom(response);
    else await response.body?.cancel();
    isUnproven = false;
  }

  async function create(): Promise<string> {
    const sessionId = await issue('/session');
    const other = store.read();
    if (other) {
      // Another client of this page was quicker.
      void send('/session', { method: 'DELETE', token: sessionId }).catch(() => undefined);
      return other.sessionId;
    }
    write({ sessionId, threadId: null });
    tell({ type: 'session', sessionId });
    return sessionId;
  }

  async function makeAnother(refused: string): Promise<string> {
    const record = store.read();
    if (record && record.sessionId !== refused) return record.sessionId;
    const sessionId = await issue('/session');
    const threadId = record?.threadId ?? null;
    write({ sessionId, threadId });
    if (threadId !== null && !(await look(threadId)).visible) {
      write({ sessionId, threadId: null });
      tell({ type: 'thread_lost' });
    }
    tell({ type: 'session', sessionId });
    return sessionId;
  }

  function replace(refused: string): Promise<string> {
    replacing ??= makeAnother(refused).finally(() => (replacing = null));
    return replacing;
  }

  async function look(threadId: string): Promise<ThreadLook> {
    const token = store.read()?.sessionId;
    const response = await send(`/runs?thread_id=${encodeURIComponent(threadId)}`, { method: 'GET', token });
    if (!response.ok) {
      await response.body?.cancel();
      return { visible: false, runId: null, lastEventId: 0 };
    }
    const { run } = (await response.json()) as { run: { id: string; status: string; last_event_id?: number } | null };
    return { visible: true, runId: run?.status === 'running' ? run.id : null, lastEventId: run?.last_event_id ?? 0 };
  }

  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', () => {
      const record = store.read();
      if (record?.heldBy !== pageId) return;
      store.write({ ...record, heldBy: null });
      navigator.sendBeacon?.(`${url}/session/close`, new Blob([JSON.stringify({ session_id: record.sessionId })], { type: 'text/plain' }));
    });
    window.addEventListener('pageshow', ({ persisted }) => {
      const record = store.read();
      if (!persisted || !record) return;
      write(record);
      void revive(record.sessionId).catch(() => undefined);
    });
  }

  const known = async (): Promise<string | null> => {
    await (restored ??= restore());
    return store.read()?.sessionId ?? null;
  };

  async function token(): Promise<string> {
    const sessionId = await known();
    if (sessionId !== null) return sessionId;
    return (creating ??= create().finally(() => (creating = null)));
  }

  return {
    known,
    token,
    check: async () => {
      const sessionId = await token();
      if (isUnproven) await revive(sessionId);
    },
    replace,
    renew: async () => {
      const record = store.read();
      if (!record) throw new ChatKitRequestError({ status: 401, code: 'no_session', message: 'There is no session to renew.' });
      const sessionId = await issue('/session/renew', record.sessionId);
      write({ sessionId, threadId: store.read()?.threadId ?? null });
      tell({ type: 'session', sessionId });
      return sessionId;
    },
    logout: async () => {
      const record = store.read();
      store.write(null);
      tell({ type: 'logout' });
      if (!record) return;
      const response = await send('/session', { method: 'DELETE', token: record.sessionId });
      if (!response.ok && response.status !== 401) throw await errorFrom(response);
      await response.body?.cancel();
    },
    threadId: () => store.read()?.threadId ?? null,
    rememberThread: (threadId) => {
      const record = store.read();
      if (record && record.threadId !== threadId) write({ sessionId: record.sessionId, threadId });
    },
    look,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
