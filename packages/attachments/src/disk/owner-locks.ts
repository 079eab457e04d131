/** Lets work for one owner happen one after the other, within this process. */
export class OwnerLocks {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(owner);
    const own = before ? before.then(work, work) : work();
    this.#last.set(owner, own);
    try {
      return await own;
    } finally {
      if (this.#last.get(owner) === own) this.#last.delete(owner);
    }
  }
}
