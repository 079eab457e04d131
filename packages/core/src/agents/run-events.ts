import type { RunStreamEvent, StreamedRunResult } from '@openai/agents';

/** The events of a run, read until its end, its error, or the turn's abort, which stops the run too. */
export class RunEvents {
  readonly #reader: ReadableStreamDefaultReader<RunStreamEvent>;
  readonly #signal: AbortSignal;

  // The agent's types say nothing about its events.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  constructor(result: StreamedRunResult<any, any>, signal: AbortSignal) {
    this.#reader = (result.toStream() as ReadableStream<RunStreamEvent>).getReader();
    this.#signal = signal;
    if (signal.aborted) this.#stop();
    else signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** Null at the end. */
  readonly next = async (): Promise<RunStreamEvent | null> => {
    const { value, done } = await this.#reader.read();
    return done ? null : value;
  };

  /** Stops the run where it is still going on. */
  readonly close = (): void => {
    this.#signal.removeEventListener('abort', this.#stop);
    this.#stop();
  };

  readonly #stop = (): void => {
    // A run that failed has said so to its reader already.
    this.#reader.cancel().catch(() => undefined);
  };
}
