import { ChatKitRequestError, errorFrom } from '../client/chatkit-request-error.js';
import { mayPass } from '../client/may-pass.js';
import { newKey } from '../client/new-key.js';
import { createLine } from './create-line.js';
import { pageId } from './page-lifetime.js';
import { createPageRegister } from './page-register.js';
import type { TabRecord, TabStore } from './tab-record.js';
import { watchPage } from './watch-page.js';

export type TabChange =
  /** `isNew`: created, or in the place of one that has expired; otherwise the same one with another token. */
  | { type: 'session'; sessionId: string; isNew: boolean }
  /** What is shown is not the tab's thread any more: the server does not know it, or another page has gone on. `threadId()` says which is. */
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
  /**
   * After a 401: another session than the refused one. Drops the thread when the new session's owner may not see it. Rejects when the
   * server refuses, and after a logout.
   */
  replace: (refused: string) => Promise<string>;
  /** A new token for the same session. */
  renew: () => Promise<string>;
  logout: () => Promise<void>;
  /** The thread to show after a refresh. */
  threadId: () => string | null;
  rememberThread: (threadId: string | null) => void;
  /** Whether the session may see a thread, and what is being written in it. Only the server's "not found" makes it invisible; what could not be asked stays. */
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
  /** Names the record: clients that share it change it one after the other. Default: nobody shares it. */
  name?: string | undefined;
  /** Sends with the app's own headers, and the given token. */
  send: (path: string, init: { method: string; token?: string | undefined }) => Promise<Response>;
}

export function createTabSession({ url, store, name = newKey(), send }: TabSessionOptions): TabSession {
  const listeners = new Set<(change: TabChange) => void>();
  const pages = store.ofTab ? createPageRegister(name) : null;
  /** Renewing, replacing and creating exclude each other: a token that is refused while it is being renewed is no expired session. */
  const inLine = createLine(name, store.ofTab ? 'page' : 'tabs');
  let restored: Promise<void> | null = null;
  let creating: Promise<string> | null = null;
  let renewing: Promise<string> | null = null;
  let replacing: { refused: string; result: Promise<string> } | null = null;
  let logouts = 0;
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

  /** A session of which nobody will know. */
  const discard = (sessionId: string): void => void send('/session', { method: 'DELETE', token: sessionId }).catch(() => undefined);

  /** What an earlier page of this tab left, or a tab that this one was copied from. */
  async function restore(): Promise<void> {
    const record = store.read();
    if (!record || record.heldBy === pageId) return;
    const { sessionId, threadId } = record;
    await pages?.entered();
    if (pages && record.heldBy !== null && (await pages.isAlive(record.heldBy))) {
      await fork(record);
      return;
    }
    if (pages) write({ sessionId, threadId });
    // Without a network there is nothing to know yet.
    await revive(sessionId).catch(() => undefined);
  }

  /** Two tabs with one token would end each other's session. */
  async function fork({ sessionId, threadId }: TabRecord): Promise<void> {
    try {
      write({ sessionId: await issue('/session/fork', sessionId), threadId });
    } catch (error) {
      // Refused: a new session, and nothing of the other's. Otherwise the next try may succeed.
      if (!(error instanceof ChatKitRequestError) || mayPass(error.status)) throw error;
      store.write(null);
    }
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

  function create(): Promise<string> {
    const before = logouts;
    return inLine(async () => {
      if (before !== logouts) throw loggedOut();
      const record = store.read();
      if (record) return record.sessionId;
      const sessionId = await issue('/session');
      const other = store.read();
      if (other || before !== logouts) {
        // Another tab was quicker, or the user was.
        discard(sessionId);
        if (other) return other.sessionId;
        throw loggedOut();
      }
      write({ sessionId, threadId: null });
      tell({ type: 'session', sessionId, isNew: true });
      return sessionId;
    });
  }

  async function makeAnother(refused: string): Promise<string> {
    const before = store.read();
    if (!before) throw loggedOut();
    if (before.sessionId !== refused) return before.sessionId;
    const sessionId = await issue('/session');
    const now = store.read();
    if (now?.sessionId !== refused) {
      discard(sessionId);
      if (now) return now.sessionId;
      throw loggedOut();
    }
    const { threadId } = now;
    write({ sessionId, threadId });
    if (threadId !== null && !(await look(threadId)).visible && store.read()?.sessionId === sessionId) {
      write({ sessionId, threadId: null });
      tell({ type: 'thread_lost' });
    }
    tell({ type: 'session', sessionId, isNew: true });
    return sessionId;
  }

  function replace(refused: string): Promise<string> {
    if (replacing?.refused === refused) return replacing.result;
    const mine = { refused, result: inLine(() => makeAnother(refused)).finally(() => {
      if (replacing === mine) replacing = null;
    }) };
    replacing = mine;
    return mine.result;
  }

  async function renew(): Promise<string> {
    await known();
    return inLine(async () => {
      const before = store.read();
      if (!before) throw new ChatKitRequestError({ status: 401, code: 'no_session', message: 'There is no session to renew.' });
      const sessionId = await issue('/session/renew', before.sessionId);
      const now = store.read();
      if (!now) {
        discard(sessionId);
        throw loggedOut();
      }
      write({ sessionId, threadId: now.threadId });
      tell({ type: 'session', sessionId, isNew: false });
      return sessionId;
    });
  }

  async function look(threadId: string): Promise<ThreadLook> {
    const token = store.read()?.sessionId;
    const response = await send(`/runs?thread_id=${encodeURIComponent(threadId)}`, { method: 'GET', token }).catch(() => null);
    if (!response?.ok) {
      await response?.body?.cancel();
      return { visible: response?.status !== 404, runId: null, lastEventId: 0 };
    }
    const { run } = (await response.json()) as { run: { id: string; status: string; last_event_id?: number } | null };
    return { visible: true, runId: run?.status === 'running' ? run.id : null, lastEventId: run?.last_event_id ?? 0 };
  }

  watchPage({ url, store, tell, revive: (sessionId) => void revive(sessionId).catch(() => undefined) });

  async function known(): Promise<string | null> {
    const restoring = (restored ??= restore());
    restoring.catch(() => {
      if (restored === restoring) restored = null;
    });
    await restoring;
    return store.read()?.sessionId ?? null;
  }

  async function token(): Promise<string> {
    const sessionId = await known();
    if (sessionId !== null) return sessionId;
    if (creating) return creating;
    const mine = create().finally(() => {
      if (creating === mine) creating = null;
    });
    creating = mine;
    return mine;
  }

  return {
    known, token, replace, look,
    check: async () => {
      const sessionId = await token();
      if (isUnproven) await revive(sessionId);
    },
    renew: () => (renewing ??= renew().finally(() => (renewing = null))),
    logout: async () => {
      const record = store.read();
      logouts++;
      creating = null;
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
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function loggedOut(): ChatKitRequestError {
  return new ChatKitRequestError({ status: 401, code: 'no_session', message: 'The session has ended: the user logged out.' });
}
