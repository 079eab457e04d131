import type { OwnerScope, Store } from '../../store/index.js';

/** A store under test, with what the suite has to be able to do to it. */
export interface ContractBackend {
  /** Its parts may come from different backends. The suite calls `setup` where there is one. */
  store: Store;
  /** Closes every store that was opened here, and what they run on. */
  close: () => Promise<void>;
  /** Another instance on the same backend, with connections of its own: another node. */
  second?: (() => Promise<Store>) | undefined;
  /**
   * Lets this many milliseconds pass for everything stored so far: moves the store's clock forward, or every stored time back.
   * Sessions, leases and ended runs then are that much older; nothing else changes.
   */
  advance: (ms: number) => Promise<void>;
  /** Cuts all connections of `store` at once, also those in use. The server stays reachable. */
  breakConnections?: (() => Promise<void>) | undefined;
  /** Makes the server unreachable for `store`; what it returns makes it reachable again, with its data. */
  outage?: (() => Promise<() => Promise<void>>) | undefined;
  /** The scope of an owner, for a store that asks for more than `ownerId`. */
  scope?: ((ownerId: string) => OwnerScope) | undefined;
}
