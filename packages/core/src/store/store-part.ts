import type { OwnerScope } from './owner-scope.js';

/**
 * What every part of a store has: its lifecycle. A part is a transaction boundary and a plain object of bound functions,
 * so parts of different backends mix by spreading: `{ ...postgresStore({ pool }), sessions, runs }`.
 *
 * A store that can't reach its server, or has no free connection in time, throws a {@link StoreUnavailableError};
 * it never hangs, never ends the process, and works again by itself when the server is back.
 */
export interface StorePart {
  /** Parts with the identical object share a backend, and so may share a transaction. */
  backend: object;
  /** Creates or migrates what the part needs. Safe to call from many nodes at once, and again. */
  setup?: (() => Promise<void>) | undefined;
  /** Resolves when the backend answers and is safe to use; else throws. */
  check?: (() => Promise<void>) | undefined;
  /** Closes only what the store opened itself. */
  close?: (() => Promise<void>) | undefined;
  /** Leaves nothing of this owner in this part. */
  deleteOwner: (scope: OwnerScope) => Promise<void>;
}
