import type { ThreadItem } from '../protocol/index.js';
import type { OpenItem } from './open-item.js';

/** Key of {@link TurnInternals} on a turn. Not enumerable. */
export const TURN_INTERNALS = Symbol.for('chatkit-selfhost.turn-internals');

/** What the bridge to an agents SDK needs of the engine beside the public handle. */
export interface TurnInternals {
  /** The workflow that is being shown. Set it to have it closed when another item is shown; it is closed and stored with the turn's end in any case. */
  openItem: OpenItem | null;
  /** Visible items that this turn has announced, in order. */
  readonly shownIds: ReadonlySet<string>;
  /** Whether an item of the thread is known to have this id: one of this turn, or one of the newest when it began. */
  isTaken: (itemId: string) => boolean;
  /** Stores an item without sending anything. In order with all else that is emitted. */
  storeSilently: (item: ThreadItem) => Promise<void>;
  /** Takes a structured output: true when it fits a response type and is shown as that. */
  showReply: (output: unknown) => Promise<boolean>;
  /** Whether `turn.modelInput()` was used: then another history must not be sent beside it. */
  readonly usedModelInput: boolean;
  /** Set when a session of an agents SDK gives the history: then `turn.modelInput()` refuses, because it would send it twice. */
  usedSession: boolean;
  /** A retry: what {@link keepRun} was given last when this message was answered before. Null: begin anew. */
  readonly keptRun: string | null;
  /** Keeps how far the answer has come, for a retry of the message that is answered. Null: there is nothing to go on with. */
  keepRun: (state: string | null) => Promise<void>;
  /** Set when this turn goes on with a halted run: then it keeps how far it comes. */
  goesOn: boolean;
  /** The engine's clock. */
  readonly now: () => string;
}

export interface WithTurnInternals {
  readonly [TURN_INTERNALS]: TurnInternals;
}
