import type { MaybePromise } from '../app-types.js';
import type { WidgetRoot } from '../protocol/index.js';
import { yieldToEventLoop } from '../runs/macrotask.js';
import { isPushedOutput, PUSHES } from './pushed-output.js';
import { TextWriter } from './text-writer.js';
import type { TurnPipeline } from './turn-pipeline.js';
import type { TurnEvent, TurnOutput } from './turn.js';

export interface ConsumeOptions {
  run: () => MaybePromise<TurnOutput | WidgetRoot>;
  pipeline: TurnPipeline;
  signal: AbortSignal;
}

/** A responder that never waits must not keep the process from serving others. */
const EVENTS_BETWEEN_YIELDS = 64;

/**
 * Runs a responder to its end and passes on what it yields. An abort ends it at once, whether or not the responder heeds the signal;
 * its iterator is told to return. Gives back a widget when that is what the function returned.
 */
export async function consumeOutput({ run, pipeline, signal }: ConsumeOptions): Promise<WidgetRoot | null> {
  const abortable = new Abortable(signal);
  try {
    const output = await abortable.wait((async () => run())());
    if (!isAsyncIterable(output)) return output ?? null;
    if (isPushedOutput(output)) await abortable.wait(output[PUSHES]((event) => pipeline.emit(event)));
    else await passOn(output, pipeline, abortable);
    return null;
  } finally {
    abortable.dispose();
  }
}

async function passOn(output: AsyncIterable<string | TurnEvent>, pipeline: TurnPipeline, abortable: Abortable): Promise<void> {
  const iterator = output[Symbol.asyncIterator]();
  let writer: TextWriter | null = null;
  let count = 0;
  let finished = false;
  try {
    for (;;) {
      const next = await abortable.wait(iterator.next());
      if (next.done) break;
      if (typeof next.value === 'string') await (writer ??= new TextWriter(pipeline)).write(next.value);
      else {
        if (writer && endsText(next.value)) {
          await writer.end();
          writer = null;
        }
        await pipeline.emit(next.value);
      }
      if (++count % EVENTS_BETWEEN_YIELDS === 0) await yieldToEventLoop();
    }
    finished = true;
    await writer?.end();
  } finally {
    // Not awaited: a responder that ignores the abort would hold the turn open.
    if (!finished) void (async () => iterator.return?.())().catch(() => undefined);
  }
}

/** Text goes on after a progress note, but an item of its own comes after the text. */
function endsText(event: TurnEvent): boolean {
  return event.type === 'thread.item.added' || event.type === 'thread.item.done' || event.type === 'error';
}

/** Waits for one promise at a time, or for the abort. (`Promise.race` with one long-lived promise would remember every wait there ever was.) */
class Abortable {
  readonly #signal: AbortSignal;
  #reject: ((reason: Error) => void) | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#reject?.(this.#signal.reason as Error);

  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      promise.then(resolve, reject);
      this.#reject = reject;
      if (this.#signal.aborted) this.#abort();
    });
  }

  dispose(): void {
    this.#signal.removeEventListener('abort', this.#abort);
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<string | TurnEvent> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
