import type { MaybePromise } from '../app-types.js';
import type { Item, ThreadStreamEvent, WidgetRoot } from '../protocol/index.js';
import type { FirstWrite } from '../runs/begin-turn.js';
import type { ThreadWrite } from '../store/index.js';
import type { EngineTurn } from './turn-handle.js';
import type { Trigger, TurnEvent, TurnOutput } from './turn.js';

/** What of a plan may be known only once the thread is taken. */
export interface TurnStart {
  trigger: Trigger;
  /** Stored with the run's start, under its fence. */
  write: Omit<ThreadWrite, 'threadId' | 'fence'>;
  /** Sent before the stream options. */
  prelude: ThreadStreamEvent[];
  /** Sent (and stored) after the stream options, before the responder runs. */
  opening: TurnEvent[];
  /** The user message that is answered. */
  message: Item<'user_message'> | null;
  /** A retry: what comes after this item goes. */
  removeAfter?: string | undefined;
  /** Sent (and stored) when the responder finds that it can't go on with what was stored. */
  outdated?: TurnEvent | undefined;
  /** A retry that goes on where an earlier try failed: how far that came. */
  keptRun?: string | undefined;
  /** Takes back what preparing took, when the turn can't begin after all. */
  undo?: (() => Promise<void>) | undefined;
  /** A widget returned by it replaces `trigger.sender`. */
  run: (turn: EngineTurn) => MaybePromise<TurnOutput | WidgetRoot>;
}

/** One turn to be run, whatever operation asks for it. */
export interface TurnPlan {
  threadId: string;
  /** Known without a look at the store: begun in one round trip. What it puts are new items. */
  start?: (TurnStart & { write: Omit<FirstWrite, 'threadId'> }) | undefined;
  /**
   * Else: reads and checks, and throws what the client is told. Called before the thread is taken, so that refusals cost nothing,
   * and again once it is, because another run may have been first.
   */
  prepare?: (() => Promise<TurnStart>) | undefined;
}
