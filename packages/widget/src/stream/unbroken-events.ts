import type { EventSourceMessage } from 'eventsource-parser';
import { mayPass } from '../client/may-pass.js';
import { delay } from './delay.js';
import { readServerEvents } from './server-event.js';

/** When a connection counts as lost. */
export interface StreamPatience {
  /** No more attempts after that long without progress. Default two minutes. */
  giveUpAfterMs?: number | undefined;
  /** The server sends a comment every 15 seconds; a connection that is silent for longer is dead. Default 40 seconds. */
  silenceMs?: number | undefined;
}

export interface UnbrokenEventsOptions extends StreamPatience {
  /** The connection that is there already. */
  first: Response;
  /** Another one in its place. */
  again: (signal: AbortSignal) => Promise<Response>;
  /** Nobody reads any more. */
  signal: AbortSignal;
}

export interface UnbrokenEvent {
  message: EventSourceMessage;
  /** 0: the first. With another one, what came before may come again. */
  connection: number;
}

const GIVE_UP_AFTER_MS = 120_000;
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
/** The server's last word in the stream of a run. */
const END = 'end';
/** So many connections in a row that bring nothing: there is no more, whoever kept the last word back. */
const DRY_CONNECTIONS = 3;

/** The events can't be had any more. */
export class StreamLost extends Error {
  constructor(
    /** `refused`: they will not be there later either. `silent`: nothing could be reached for long. `dry`: nothing comes, and nobody said that it is the end. */
    readonly reason: 'refused' | 'silent' | 'dry',
    /** The refusal. */
    readonly answer: Response | null = null,
  ) {
    super(`The stream was lost (${reason}).`);
    this.name = 'StreamLost';
  }
}

/**
 * A run's events over as many connections as it takes. Only the server's `: end` is the end: a proxy may close a connection in good order
 * long before its time. Throws {@link StreamLost}, or the signal's reason.
 */
export class UnbrokenEvents implements AsyncIterable<UnbrokenEvent> {
  readonly #options: UnbrokenEventsOptions;
  #failingSince: number | null = null;
  #pause = FIRST_PAUSE_MS;

  constructor(options: UnbrokenEventsOptions) {
    this.#options = options;
  }

  /** Something new came. To be told by the reader: only that one knows what it had before. */
  progress(): void {
    this.#failingSince = null;
    this.#pause = FIRST_PAUSE_MS;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<UnbrokenEvent, void, undefined> {
    const { signal } = this.#options;
    let dry = 0;
    for (let connection = 0; ; connection++) {
      const facts = { ended: false, bytes: false };
      try {
        yield* this.#connection(connection, facts);
        if (facts.ended) return;
        dry = facts.bytes ? 0 : dry + 1;
      } catch (error) {
        if (signal.aborted) throw signal.reason instanceof Error ? signal.reason : error;
        if (error instanceof StreamLost) throw error;
      }
      if (dry === DRY_CONNECTIONS) throw new StreamLost('dry');
      // From the first failure on: a computer that slept has not tried anything yet.
      this.#failingSince ??= Date.now();
      if (Date.now() - this.#failingSince > (this.#options.giveUpAfterMs ?? GIVE_UP_AFTER_MS)) throw new StreamLost('silent');
      await delay(this.#pause, signal);
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    }
  }

  async *#connection(connection: number, facts: { ended: boolean; bytes: boolean }): AsyncGenerator<UnbrokenEvent, void, undefined> {
    const { first, again, signal, silenceMs = SILENCE_MS } = this.#options;
    const attempt = new AbortController();
    const stop = (): void => attempt.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => attempt.abort(), silenceMs);
    };
    watch();
    try {
      const answer = connection === 0 ? first : await again(attempt.signal);
      if (!answer.ok || !answer.body) {
        if (!mayPass(answer.status)) throw new StreamLost('refused', answer);
        await answer.body?.cancel();
        throw new Error('Not yet.');
      }
      const onBytes = (): void => {
        facts.bytes = true;
        watch();
      };
      const onComment = (comment: string): void => {
        if (comment === END) facts.ended = true;
        // A heartbeat: the run is alive and has nothing to say yet.
        else this.progress();
      };
      for await (const message of readServerEvents(abortable(answer.body, attempt.signal), { onBytes, onComment })) {
        // A reader that takes its time is no silent server.
        clearTimeout(watchdog);
        yield { message, connection };
        watch();
      }
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
    }
  }
}

/** The first answer belongs to a request that knows nothing of this attempt's signal. */
function abortable(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const passed = new TransformStream<Uint8Array, Uint8Array>();
  body.pipeTo(passed.writable, { signal }).catch(() => undefined);
  return passed.readable;
}
