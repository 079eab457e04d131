const MAX_ENTRIES = 200;

/** A few hundred summaries, by the hash of what they sum up; the least recently used go first. A failed one is not kept. */
export class SummaryCache {
  readonly #entries = new Map<string, Promise<string>>();

  async get(key: string, make: () => Promise<string>): Promise<string> {
    const summary = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, summary);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    try {
      return await summary;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }
}
