/** Something that happens once, and that others wait for. */
class Happening {
  happened = false;
  readonly promise: Promise<void>;
  #resolve: () => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  happen(): void {
    this.happened = true;
    this.#resolve();
  }
}

/** What client and responder know of each other during one step, so that an abort comes at a certain place. */
export class StepTiming {
  /** The responder waits for the client to go away. */
  readonly responderWaits = new Happening();
  /** The client has gone. */
  readonly clientLeft = new Happening();
  framesRead = 0;
}
