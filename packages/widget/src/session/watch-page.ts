import { pageId } from './page-lifetime.js';
import type { TabRecord, TabStore } from './tab-record.js';
import type { TabChange } from './tab-session.js';

export interface WatchPageOptions {
  url: string;
  store: TabStore;
  tell: (change: TabChange) => void;
  /** Takes back a soft close. */
  revive: (sessionId: string) => void;
}

/** A page that goes away lets go of the session; one that comes back, or shares its storage, hears what others did to it. */
export function watchPage({ url, store, tell, revive }: WatchPageOptions): void {
  if (typeof window === 'undefined') return;
  if (!store.ofTab) {
    store.watch(() => {
      const before = store.seen();
      const now = store.read();
      // Another tab may well show another thread of the same session.
      if (!now || now.sessionId !== before?.sessionId) tellOf(before, now);
    });
    return;
  }
  window.addEventListener('pagehide', () => {
    const record = store.read();
    if (record?.heldBy !== pageId) return;
    store.write({ ...record, heldBy: null });
    navigator.sendBeacon?.(`${url}/session/close`, new Blob([JSON.stringify({ session_id: record.sessionId })], { type: 'text/plain' }));
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    const before = store.seen();
    const record = store.read();
    // First of all: what is on the screen may be of a user who has logged out on a later page.
    tellOf(before, record);
    if (!record) return;
    store.write({ ...record, heldBy: pageId });
    revive(record.sessionId);
  });

  function tellOf(before: TabRecord | null, now: TabRecord | null): void {
    if (!now) {
      if (before) tell({ type: 'logout' });
      return;
    }
    const isOther = now.sessionId !== before?.sessionId;
    // With another session and no thread to compare, it may be another user.
    if (before && (now.threadId !== before.threadId || (isOther && now.threadId === null))) tell({ type: 'thread_lost' });
    if (isOther) tell({ type: 'session', sessionId: now.sessionId, isNew: now.threadId === null });
  }
}
