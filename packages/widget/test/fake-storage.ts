/** A tab's storage. */
export function fakeStorage(content: Record<string, string> = {}): Storage & { content: Map<string, string> } {
  const held = new Map(Object.entries(content));
  return {
    content: held,
    get length() {
      return held.size;
    },
    key: (index) => [...held.keys()][index] ?? null,
    clear: () => held.clear(),
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
  };
}

/** One that a browser's settings deny. */
export function deniedStorage(): Storage {
  const deny = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  return { length: 0, key: deny, clear: deny, getItem: deny, setItem: deny, removeItem: deny };
}
