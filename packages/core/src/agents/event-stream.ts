import { PUSHES, type PushedOutput } from '../engine/pushed-output.js';
import type { TurnEvent } from '../engine/turn.js';

export type Emit = (event: TurnEvent) => Promise<void>;
/** Gives events until it is done, or until it is told to stop. */
export type EventSource = (emit: Emit, stop: AbortSignal) => Promise<void>;

/**
 * Events that the engine takes as fast as they come, so that what a tool shows never overtakes the text before it. Whoever iterates
 * instead gets the same events, one at a time.
 */
export function eventStream(source: EventSource): PushedOutput {
  return {
    [PUSHES]: (emit) => source(emit, new AbortController().signal),
    [Symbol.asyncIterator]: () => pull(source),
  };
}

async function* pull(source: EventSource): AsyncGenerator<TurnEvent, void, undefined> {
  const stop = new AbortController();
  const waiting: { event: TurnEvent; taken: () => void }[] = [];
  let wake = (): void => undefined;
  let ended: { error?: unknown } | null = null;

  const emit: Emit = (event) =>
    new Promise((resolve, reject) => {
      if (stop.signal.aborted) {
        reject(new Error('Nobody reads these events any more.'));
        return;
      }
      waiting.push({ event, taken: resolve });
      wake();
    });
  const end = (how: { error?: unknown }): void => {
    ended = how;
    wake();
  };
  source(emit, stop.signal).then(() => end({}), (error: unknown) => end({ error }));

  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        yield next.event;
        // Asked for the one after it: this one has been dealt with.
        next.taken();
      } else if (ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if ('error' in (ended as object)) throw (ended as { error: unknown }).error;
  } finally {
    stop.abort();
  }
}
