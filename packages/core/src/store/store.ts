import type { HistoryStore } from './history-store.js';
import type { OwnerScope } from './owner-scope.js';
import type { RunStore } from './run-store.js';
import type { SessionStore } from './session-store.js';
import type { ThreadStore } from './thread-store.js';

/**
 * Persistence, in four parts. `threads` and `history` come from one backend; `sessions` and `runs` may each come from another:
 * `{ ...postgresStore({ pool }), sessions, runs }`.
 */
export interface Store<Scope extends OwnerScope = OwnerScope> {
  threads: ThreadStore<Scope>;
  sessions: SessionStore;
  history: HistoryStore<Scope>;
  runs: RunStore<Scope>;
}
