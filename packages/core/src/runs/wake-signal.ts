/** Wakes all who wait, as often as asked. */
export class WakeSignal {
  #promise: Promise<void> | null = null;
  #resolve: (() => void) | null = null;

  /** Resolves at the next {@link wake}. */
  wait(): Promise<void> {
    this.#promise ??= new Promise((resolve) => {
      this.#resolve = resolve;
    });
    return this.#promise;
  }

  wake(): void {
    this.#resolve?.();
    this.#promise = null;
    this.#resolve = null;
  }
}
