import type { Store } from '@chatkit-selfhost/core';

/** A store with one seeded fault. */
export interface Mutant {
  name: string;
  make: (store: Store, now: () => number) => Store;
}

type Changes = { [P in keyof Store]?: Partial<Store[P]> };

/** The store with some of its functions replaced. */
export function changed(store: Store, changes: Changes): Store {
  return {
    threads: { ...store.threads, ...changes.threads },
    sessions: { ...store.sessions, ...changes.sessions },
    history: { ...store.history, ...changes.history },
    runs: { ...store.runs, ...changes.runs },
  };
}

/** Mutants by the name of their fault; each changes a store that works. */
export function mutants(faults: Record<string, (store: Store, now: () => number) => Changes>): Mutant[] {
  return Object.entries(faults).map(([name, fault]) => ({ name, make: (store, now) => changed(store, fault(store, now)) }));
}

/** Lets everything else that is waiting go first. */
export async function tick(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
