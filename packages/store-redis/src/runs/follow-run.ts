import type { OwnerScope, RunEvent } from '@chatkit-selfhost/core';
import { runDataKeys, type RunContext } from './run-context.js';
import { readEvents } from './run-scripts.js';
import type { RunWakeups } from './run-wakeups.js';

/** Events read at a time. */
const BATCH = 200;
/** How often a follower looks by itself. */
const LOOK_EVERY_MS = 1000;
/** For how long a follower counts as listening after it has looked: some looks may be late. */
const LISTEN_MS = 10 * LOOK_EVERY_MS;

type ReadReply = [status: string, lastSeq: string, foldedSeq: string, snapshot: string | null, events: string[]];

/** Replays and then follows a run that any process executes. */
export async function* followRun(
  context: RunContext,
  wakeups: RunWakeups,
  scope: OwnerScope,
  { runId, after, signal }: { runId: string; after: number; signal: AbortSignal },
): AsyncGenerator<RunEvent, void> {
  const keys = runDataKeys(context, scope.ownerId, runId);
  const news = newsSignal(signal);
  const isOver = (): boolean => signal.aborted || wakeups.closed();
  let stop: (() => void) | undefined;
  let position = after;
  try {
    while (!isOver()) {
      news.seen();
      const reply = (await context.connection.run(readEvents, keys, [position, BATCH, LISTEN_MS])) as ReadReply | null;
      if (!reply) return;
      const [status, lastSeq, foldedSeq, snapshot, events] = reply;
      for (const event of toEvents(Number(foldedSeq), snapshot, events)) {
        if (isOver()) return;
        position = event.seq ?? position;
        yield event;
      }
      if (snapshot !== null) position = Math.max(position, Number(foldedSeq));
      if (position < Number(lastSeq)) continue;
      if (status !== 'running') return;
      if (stop) await news.wait(LOOK_EVERY_MS);
      // What came while this took effect is read in the next round.
      else stop = await wakeups.listen(keys[0] ?? '', news.wake);
    }
  } finally {
    stop?.();
    news.close();
  }
}

function* toEvents(foldedSeq: number, snapshot: string | null, events: string[]): Generator<RunEvent, void> {
  const folded = snapshot === null ? [] : (JSON.parse(snapshot) as string[]);
  for (const [index, json] of folded.entries()) yield { seq: index === folded.length - 1 ? foldedSeq : null, json };
  for (let index = 0; index + 1 < events.length; index += 2) yield { seq: Number(events[index]), json: events[index + 1] ?? '' };
}

/** Remembers that there is something new, so that news between a look and a wait are not lost. */
function newsSignal(signal: AbortSignal) {
  let fresh = false;
  let release: (() => void) | undefined;
  const wake = (): void => {
    fresh = true;
    release?.();
  };
  signal.addEventListener('abort', wake);
  return {
    wake,
    seen: () => {
      fresh = false;
    },
    wait: async (milliseconds: number) => {
      if (fresh || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      release = undefined;
    },
    close: () => {
      signal.removeEventListener('abort', wake);
    },
  };
}
