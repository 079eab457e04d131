/** What a tab remembers. */
export interface TabRecord {
  sessionId: string;
  threadId: string | null;
  /** The page that uses it; null once that page has gone. A copied tab finds the page of the original here. */
  heldBy: string | null;
}

export interface TabStore {
  /** The record is this tab's alone. One that other tabs see too must neither be forked nor closed when a page goes away. */
  readonly ofTab: boolean;
  /** Tells of changes that other tabs make. */
  watch: (listener: () => void) => void;
  read: () => TabRecord | null;
  /** As this page last read or wrote it. */
  seen: () => TabRecord | null;
  write: (record: TabRecord | null) => void;
}

/** Storage may be denied, full or absent: then the record lives as long as the page. */
export function createTabStore(storage: Storage | 'tab' | 'none', key: string): TabStore {
  let held: TabRecord | null = null;
  let stored = storage !== 'none';
  const open = (): Storage | null => (storage === 'tab' ? (globalThis.sessionStorage ?? null) : storage === 'none' ? null : storage);
  return {
    ofTab: storage === 'tab' || storage === 'none' || storage === area('sessionStorage'),
    watch: (listener) => {
      // No other storage says so.
      if (typeof window === 'undefined' || storage === 'tab' || storage === 'none' || storage !== area('localStorage')) return;
      window.addEventListener('storage', (event) => {
        if (event.storageArea === storage && (event.key === key || event.key === null)) listener();
      });
    },
    read: () => {
      if (!stored) return held;
      try {
        const opened = open();
        if (opened) held = parse(opened.getItem(key) ?? 'null');
        else stored = false;
        return held;
      } catch {
        stored = false;
        return held;
      }
    },
    seen: () => held,
    write: (record) => {
      held = record;
      if (!stored) return;
      try {
        if (record) open()?.setItem(key, JSON.stringify(record));
        else open()?.removeItem(key);
      } catch {
        stored = false;
      }
    },
  };
}

function area(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return typeof window === 'undefined' ? null : window[name];
  } catch {
    return null;
  }
}

function parse(text: string): TabRecord | null {
  try {
    const value = JSON.parse(text) as Partial<TabRecord> | null;
    if (typeof value?.sessionId !== 'string') return null;
    return { sessionId: value.sessionId, threadId: typeof value.threadId === 'string' ? value.threadId : null, heldBy: typeof value.heldBy === 'string' ? value.heldBy : null };
  } catch {
    return null;
  }
}
