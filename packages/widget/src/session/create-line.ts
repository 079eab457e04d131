/** Does one piece of work after the other, those of all clients with the same name. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>;

const lines = new Map<string, Promise<unknown>>();

/** `tabs`: also one tab after the other, where the browser has locks. */
export function createLine(name: string, across: 'page' | 'tabs'): Line {
  return async (work) => {
    // Only secure pages have locks.
    const locks = across === 'tabs' ? (globalThis.navigator as Partial<Navigator> | undefined)?.locks : undefined;
    if (locks) return locks.request(name, work);
    const mine = (lines.get(name) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined);
    lines.set(name, settled);
    try {
      return await mine;
    } finally {
      if (lines.get(name) === settled) lines.delete(name);
    }
  };
}
