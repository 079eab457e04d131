import type { ThreadStreamEvent } from '@chatkit-selfhost/core';
import { IN_GOOD_ORDER } from './in-good-order.js';
import { SeenItems } from './seen-items.js';
import { StreamLost, UnbrokenEvents, type StreamPatience } from './unbroken-events.js';

export interface SplicedBodyOptions extends StreamPatience {
  /** The answer that the run began with, or one that follows it. */
  first: Response;
  /** Asks for the run's events after a number. */
  follow: (lastEventId: number, signal: AbortSignal) => Promise<Response>;
  /** Nobody reads any more: the connection is closed, the run goes on. With {@link IN_GOOD_ORDER} as the reason, the body ends as if all had come. */
  signal: AbortSignal;
  /** All is read, or nobody reads any more. */
  onEnd: () => void;
  /** Effects up to this event were carried out by the page before this one: they are left out. */
  effectsDoneUpTo?: number | undefined;
}

const FAILED = 'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n';

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

async function* spliced({ first, follow, signal, effectsDoneUpTo, ...patience }: SplicedBodyOptions): AsyncGenerator<string, void, undefined> {
  const seen = new SeenItems();
  let lastEventId = 0;
  let current = 0;
  let replaying = false;
  const events = new UnbrokenEvents({ first, again: (attempt) => follow(lastEventId, attempt), signal, ...patience });
  try {
    for await (const { message: { id, data }, connection } of events) {
      if (connection !== current) replaying = false;
      current = connection;
      const number = id === undefined ? null : Number(id);
      if (number !== null && number <= lastEventId) continue;
      events.progress();
      const startsReplay: boolean = connection > 0 && !replaying && (number === null || number > lastEventId + 1);
      if (startsReplay) seen.beginReplay();
      const replayed: boolean = replaying || startsReplay;
      // A snapshot's last event is the one that has a number.
      replaying = replayed && number === null;
      if (number !== null) lastEventId = number;
      const said = JSON.parse(data) as ThreadStreamEvent;
      const news = seen.take(said, { replayed });
      // In the snapshot that a run is taken up with, only the last event has a number: the others came before it.
      const carriedOut = effectsDoneUpTo !== undefined && said.type === 'client_effect' && (number === null ? connection === 0 : number <= effectsDoneUpTo);
      if (news.length > 0 && !carriedOut) yield news.map((event) => `data: ${replayed ? JSON.stringify(event) : data}\n\n`).join('');
    }
  } catch (error) {
    if (signal.aborted && signal.reason === IN_GOOD_ORDER) return;
    if (!(error instanceof StreamLost)) throw error;
    // Where the server's last word does not come through, all that was begun and ended is all there is.
    if (error.reason !== 'dry' || seen.hasOpenItems) yield FAILED;
  }
}
