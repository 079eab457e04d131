/** What a tab remembers. */
export interface TabRecord {
  sessionId: string;
  threadId: string | null;
  /** The page that uses it; null once that page has gone. A copied tab finds the page of the original here. */
  heldBy: string | null;
}

export interface TabStore {
  read: () => TabRecord | null;
  write: (record: TabRecord | null) => void;
}

/** Storage may be denied, full or absent: then the record lives as long as the page. */
export function createTabStore(storage: Storage | 'tab' | 'none', key: string): TabStore {
  let held: TabRecord | null = null;
  let stored = storage !== 'none';
  const open = (): Storage | null => (storage === 'tab' ? (globalThis.sessionStorage ?? null) : storage === 'none' ? null : storage);
  return {
    read: () => {
      if (!stored) return held;
      try {
        const area = open();
        if (!area) stored = false;
        return area ? parse(area.getItem(key) ?? 'null') : held;
      } catch {
        stored = false;
        return held;
      }
    },
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

function parse(text: string): TabRecord | null {
  try {
    const value = JSON.parse(text) as Partial<TabRecord> | null;
    if (typeof value?.sessionId !== 'string') return null;
    return { sessionId: value.sessionId, threadId: typeof value.threadId === 'string' ? value.threadId : null, heldBy: typeof value.heldBy === 'string' ? value.heldBy : null };
  } catch {
    return null;
  }
}
