import type { TurnEvent } from '../engine/turn.js';
import { yieldToEventLoop } from '../runs/macrotask.js';
import type { Emit } from './event-stream.js';

/** A tool waits no longer than this: whoever reads the events may have stopped, and that must not stop the agent. */
const LONGEST_WAIT_MS = 2_000;

/**
 * Where the events of a run go, and whether they have arrived. The SDK starts a tool as soon as the model has called it, while the text
 * before the call may still be on its way; what the tool shows would come first. So tools wait until all has arrived and more is awaited.
 */
export class ModelOutlet {
  readonly #emit: Emit;
  #failure: { error: unknown } | null = null;
  #underWay = 0;
  #reading = false;
  #reads = 0;
  #ended = false;
  #wake: (() => void)[] = [];

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  send(events: readonly TurnEvent[]): void {
    for (const event of events) {
      this.#underWay += 1;
      this.#emit(event).then(this.#arrived, this.#failed);
    }
  }

  /** Throws what went wrong with an earlier event. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Resolves when all that was sent has arrived; throws when some of it could not. */
  async settle(): Promise<void> {
    while (this.#underWay > 0) await this.#change();
    this.check();
  }

  /** Around the wait for the model's next event. */
  set reading(reading: boolean) {
    this.#reading = reading;
    if (!reading) return;
    this.#reads += 1;
    this.#notify();
  }

  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** Resolves when all that the model has given so far has arrived. */
  async caughtUp(): Promise<void> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#notify();
    }, LONGEST_WAIT_MS);
    try {
      while (!this.#ended && !late) {
        const read = this.#reads;
        if (!this.#isIdle()) await this.#change();
        else {
          await yieldToEventLoop();
          if (this.#isIdle() && this.#reads === read) return;
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #isIdle(): boolean {
    return this.#reading && this.#underWay === 0;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #notify(): void {
    if (this.#wake.length === 0) return;
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }

  readonly #arrived = (): void => {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#notify();
  };

  readonly #failed = (error: unknown): void => {
    this.#failure ??= { error };
    this.#arrived();
  };
}

const outlets = new WeakMap<object, Set<ModelOutlet>>();

/** Opens an outlet for a run of this turn, which its tools will wait for. */
export function openOutlet(turn: object, emit: Emit): ModelOutlet & Disposable {
  const outlet = new ModelOutlet(emit);
  const all = outlets.get(turn) ?? new Set();
  outlets.set(turn, all.add(outlet));
  return Object.assign(outlet, {
    [Symbol.dispose]: () => {
      outlet.end();
      all.delete(outlet);
    },
  });
}

/** For tools: resolves when what the model said before the call has arrived. */
export async function afterModel(turn: object): Promise<void> {
  for (const outlet of outlets.get(turn) ?? []) await outlet.caughtUp();
}
