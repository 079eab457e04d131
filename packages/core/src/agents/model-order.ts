import { yieldToEventLoop } from '../runs/macrotask.js';

/** A tool waits no longer than this: a consumer that stopped reading must not stop the agent. */
const LONGEST_WAIT_MS = 2_000;

/**
 * Keeps tools behind the text before them. The SDK starts a tool as soon as the model has called it, while the text before the call may
 * still be on its way through the conversion; what the tool shows would come first. So a tool waits until the conversion has passed on all
 * there is and asks for more.
 */
export class ModelOrder {
  #waiting = false;
  #reads = 0;
  #ended = false;
  #wake: (() => void)[] = [];

  /** Reads the next event of the model. */
  async read<T>(next: () => Promise<T>): Promise<T> {
    this.#reads += 1;
    this.#set(true);
    try {
      return await next();
    } finally {
      this.#waiting = false;
    }
  }

  end(): void {
    this.#ended = true;
    this.#set(false);
  }

  /** Resolves when all that the model has given so far was passed on. */
  async caughtUp(): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (!this.#ended && Date.now() < deadline) {
      if (this.#waiting) {
        const read = this.#reads;
        await yieldToEventLoop();
        if (this.#waiting && this.#reads === read) return;
      } else await this.#changed(deadline - Date.now());
    }
  }

  #set(waiting: boolean): void {
    this.#waiting = waiting;
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }

  #changed(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const orders = new WeakMap<object, Set<ModelOrder>>();

/** Registers the conversion of a run with its turn. */
export function beginModelOrder(turn: object): ModelOrder & Disposable {
  const order = new ModelOrder();
  const all = orders.get(turn) ?? new Set();
  orders.set(turn, all.add(order));
  return Object.assign(order, {
    [Symbol.dispose]: () => {
      order.end();
      all.delete(order);
    },
  });
}

/** For tools: resolves when what the model said before the call has been passed on. */
export async function afterModel(turn: object): Promise<void> {
  for (const order of orders.get(turn) ?? []) await order.caughtUp();
}
