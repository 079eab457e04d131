import type { Page } from '../protocol/index.js';
import type { OwnerScope } from './owner-scope.js';
import type { PageQuery } from './page-query.js';
import type { StorePart } from './store-part.js';

/** How a turn ended. `interrupted`: its node died, another one finished the books. */
export type TurnOutcome = 'completed' | 'cancelled' | 'error' | 'interrupted';

/** One turn in `conversation_history`: a projection for audit and recovery; the items of the thread stay the truth. */
export interface TurnRecord {
  runId: string;
  ownerId: string;
  threadId: string;
  /** The session's non-secret reference; null when the turn came without a session. */
  sessionId: string | null;
  /** The session's unverified label. */
  userId: string | null;
  /** The answered user message's item; a later record with the same one supersedes this (a retry). Null: the turn answered something else. */
  userItemId: string | null;
  userMessage: string;
  agentResponse: string;
  /** `text`, `error`, or one of the app's response types. */
  responseType: string;
  /** JSON; null when there is none. */
  structuredData: unknown;
  outcome: TurnOutcome;
  /** When the turn began. */
  createdAt: Date;
}

/** A record as it is added. */
export interface NewTurnRecord extends TurnRecord {
  /** A retry that left the earlier answer where it was: superseded from the start, and supersedes nothing. Not part of what `query` gives. */
  superseded?: boolean | undefined;
}

export interface HistoryQuery extends PageQuery {
  runId?: string | undefined;
  sessionId?: string | undefined;
  threadId?: string | undefined;
  /** Response type. */
  type?: string | undefined;
  /** `createdAt` at or after. */
  from?: Date | undefined;
  /** `createdAt` before. */
  to?: Date | undefined;
  /** Also records that a retry replaced. Default false. */
  includeSuperseded?: boolean | undefined;
}

/** The `conversation_history` of each owner. */
export interface HistoryStore<Scope extends OwnerScope = OwnerScope> extends StorePart {
  /** Idempotent by `runId`: the first one stays. Earlier records of the same thread and `userItemId` become superseded, unless this one already is. */
  add: (scope: Scope, turn: NewTurnRecord) => Promise<void>;
  /** In order of arrival; the cursor is a `runId`. Null: unknown cursor. */
  query: (scope: Scope, query: HistoryQuery) => Promise<Page<TurnRecord> | null>;
}
