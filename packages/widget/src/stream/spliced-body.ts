import type { ThreadStreamEvent } from '@chatkit-selfhost/core';
import { delay } from './delay.js';
import { SeenItems } from './seen-items.js';
import { readServerEvents } from './server-event.js';

export interface SplicedBodyOptions {
  /** The answer that the run began with, or one that follows it. */
  first: Response;
  /** Asks for the run's events after a number. */
  follow: (lastEventId: number, signal: AbortSignal) => Promise<Response>;
  /** Nobody reads any more: the connection is closed, the run goes on. */
  signal: AbortSignal;
  /** All is read, or nobody reads any more. */
  onEnd: () => void;
  /** Effects up to this event were carried out by the page before this one: they are left out. */
  effectsDoneUpTo?: number | undefined;
  /** No more attempts after that long without a byte. */
  giveUpAfterMs?: number | undefined;
  /** The server sends a comment every 15 seconds; a connection that is silent for longer is dead. */
  silenceMs?: number | undefined;
}

const GIVE_UP_AFTER_MS = 120_000;
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
const FAILED = 'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n';

/** Thrown inside when what was asked for will not be there later either. */
class Refused extends Error {}

/**
 * The body of a run as one unbroken stream: when the connection drops, the run is followed from the last event on. What comes out has
 * neither ids nor comments, and nothing in it is missing or said twice.
 */
export function splicedBody(options: SplicedBodyOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const frames = spliced(options);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await frames.next();
          if (!next.done) return controller.enqueue(encoder.encode(next.value));
          options.onEnd();
          controller.close();
        } catch (error) {
          // After a stop, the run is still to be cancelled over the same connection's answer.
          if (!options.signal.aborted) options.onEnd();
          controller.error(error);
        }
      },
      cancel: () => options.onEnd(),
    },
    { highWaterMark: 0 },
  );
}

async function* spliced({ first, follow, signal, effectsDoneUpTo, giveUpAfterMs = GIVE_UP_AFTER_MS, silenceMs = SILENCE_MS }: SplicedBodyOptions): AsyncGenerator<string, void, undefined> {
  const seen = new SeenItems();
  let lastEventId = 0;
  let heardAt = Date.now();
  let pause = FIRST_PAUSE_MS;
  let connection: Response | null = first;
  for (;;) {
    const attempt = new AbortController();
    const stop = (): void => attempt.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    let watchdog = setTimeout(() => attempt.abort(), silenceMs);
    const resumed = connection === null;
    try {
      connection ??= await follow(lastEventId, attempt.signal);
      if (!connection.ok || !connection.body) throw connection.status >= 500 ? new Error('not yet') : new Refused();
      let replaying = false;
      const heard = (): void => {
        heardAt = Date.now();
        pause = FIRST_PAUSE_MS;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => attempt.abort(), silenceMs);
      };
      for await (const { id, data } of readServerEvents(abortable(connection.body, attempt.signal), heard)) {
        const number = id === undefined ? null : Number(id);
        if (number !== null && number <= lastEventId) continue;
        const startsReplay: boolean = resumed && !replaying && (number === null || number > lastEventId + 1);
        if (startsReplay) seen.beginReplay();
        const replayed: boolean = replaying || startsReplay;
        // A snapshot's last event is the one that has a number.
        replaying = replayed && number === null;
        if (number !== null) lastEventId = number;
        const event = JSON.parse(data) as ThreadStreamEvent;
        const news = seen.take(event, { replayed });
        // In the snapshot that a run is taken up with, only the last event has a number: the others came before it.
        const carriedOut = effectsDoneUpTo !== undefined && event.type === 'client_effect' && (number === null ? !resumed : number <= effectsDoneUpTo);
        if (news.length > 0 && !carriedOut) yield news.map((event) => `data: ${replayed ? JSON.stringify(event) : data}\n\n`).join('');
      }
      // A proxy may end a stream in good order long before its time: nothing open, or asked again and nothing came, is the end.
      if (resumed || !seen.hasOpenItems) return;
    } catch (error) {
      if (signal.aborted) throw signal.reason instanceof Error ? signal.reason : error;
      if (error instanceof Refused || Date.now() - heardAt > giveUpAfterMs) {
        yield FAILED;
        return;
      }
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
    }
    connection = null;
    await delay(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** The first answer belongs to a request that knows nothing of this attempt's signal. */
function abortable(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const passed = new TransformStream<Uint8Array, Uint8Array>();
  body.pipeTo(passed.writable, { signal }).catch(() => undefined);
  return passed.readable;
}

