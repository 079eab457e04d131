import type { RunEvent } from '../store/index.js';

export const SSE_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

const HEARTBEAT = ': ping\n\n';
export const HEARTBEAT_MS = 15_000;

/** The last thing in a run's stream, for clients that resume: what ends without it was cut off on the way, however orderly it looks. */
export const END_OF_STREAM = ': end\n\n';

/** The frames of a batch of events as one piece of text. With ids only for clients that resume: others get exactly one `data:` line a frame. */
export function toFrames(events: RunEvent[], withIds: boolean): string {
  let frames = '';
  for (const { seq, json } of events) frames += withIds && seq !== null ? `id: ${String(seq)}\ndata: ${json}\n\n` : `data: ${json}\n\n`;
  return frames;
}

export interface SseBodyOptions {
  /** Already framed pieces. */
  pieces: AsyncIterator<string>;
  /** Milliseconds of silence after which a comment is sent; undefined: never. */
  heartbeatMs?: number | undefined;
  /** Called once when the reader has gone or all is read. */
  onClose: () => void;
}

/** The body of an event stream. `return()` works at any time, also before the first piece was asked for. */
export class SseBody implements AsyncIterableIterator<string> {
  readonly #options: SseBodyOptions;
  #waiting: Promise<IteratorResult<string>> | null = null;
  #closed = false;

  constructor(options: SseBodyOptions) {
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string>> {
    if (this.#closed) return { done: true, value: undefined };
    this.#waiting ??= this.#options.pieces.next();
    const result = await this.#piece(this.#waiting);
    if (result === null) return { done: false, value: HEARTBEAT };
    this.#waiting = null;
    if (result.done) this.#close();
    return result;
  }

  async return(): Promise<IteratorResult<string>> {
    this.#close();
    await this.#options.pieces.return?.();
    return { done: true, value: undefined };
  }

  /** Null: it is time for a heartbeat. */
  async #piece(waiting: Promise<IteratorResult<string>>): Promise<IteratorResult<string> | null> {
    try {
      return await (this.#options.heartbeatMs === undefined ? waiting : orHeartbeat(waiting, this.#options.heartbeatMs));
    } catch (error) {
      // Nothing more comes: whoever reads is not obliged to say that they stop.
      this.#close();
      throw error;
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose();
  }
}

/** Null when nothing came in time; what was waited for is still to come. */
async function orHeartbeat<T>(waiting: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([waiting, new Promise<null>((resolve) => (timer = setTimeout(resolve, milliseconds, null)))]);
  } finally {
    clearTimeout(timer);
  }
}
