import type { RunStreamEvent, StreamedRunResult } from '@openai/agents';

/** The events of a run, read until its end, its error, or an abort, which stops the run too. */
export class RunEvents {
  readonly #reader: ReadableStreamDefaultReader<RunStreamEvent>;
  readonly #signals: readonly AbortSignal[];

  // The agent's types say nothing about its events.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  constructor(result: StreamedRunResult<any, any>, signals: readonly AbortSignal[]) {
    this.#reader = (result.toStream() as ReadableStream<RunStreamEvent>).getReader();
    this.#signals = signals;
    for (const signal of signals) {
      if (signal.aborted) this.#stop();
      else signal.addEventListener('abort', this.#stop, { once: true });
    }
  }

  read(): Promise<ReadableStreamReadResult<RunStreamEvent>> {
    return this.#reader.read();
  }

  /** Stops the run where it is still going on. */
  close(): void {
    for (const signal of this.#signals) signal.removeEventListener('abort', this.#stop);
    this.#stop();
  }

  readonly #stop = (): void => {
    // A run that failed has said so to its reader already.
    this.#reader.cancel().catch(() => undefined);
  };
}
