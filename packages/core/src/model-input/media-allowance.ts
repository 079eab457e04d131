export interface MediaLimits {
  /** Files of earlier messages that the model gets. */
  maxHistoryFiles: number;
  /** Bytes of those files, all together. */
  maxHistoryFileBytes: number;
}

/** How much of the files of earlier messages goes into one model input: taken by whoever asks first, so the newest message has to. */
export class MediaAllowance {
  readonly #limits: MediaLimits;
  #files = 0;
  #bytes = 0;
  #isSpent = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(limits: MediaLimits) {
    this.#limits = limits;
  }

  /** What `read` gives, or null when it is too much. One after another, so that no more is read (or held in memory) than is given, but for the last. */
  take<T extends { size: number } | null>(read: () => Promise<T>): Promise<{ media: T } | null> {
    const taken = this.#queue.then(async () => {
      this.#isSpent ||= this.#files >= this.#limits.maxHistoryFiles;
      if (this.#isSpent) return null;
      const media = await read();
      if (media === null) return { media };
      // Nothing older after one that was too much: the model would see gaps that nobody can explain.
      this.#isSpent = this.#bytes + media.size > this.#limits.maxHistoryFileBytes;
      if (this.#isSpent) return null;
      this.#files += 1;
      this.#bytes += media.size;
      return { media };
    });
    this.#queue = taken.catch(() => undefined);
    return taken;
  }
}
