import type { ThreadItem } from '../protocol/index.js';

/** A thread's pages, newest first. Read when somebody asks for them and kept, so that several strategies can go through them without reading them again. */
export class HistoryPages implements AsyncIterable<ThreadItem[]> {
  readonly #source: AsyncIterator<ThreadItem[], void, undefined>;
  readonly #pages: Promise<ThreadItem[] | null>[] = [];

  constructor(source: AsyncGenerator<ThreadItem[], void, undefined>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ThreadItem[], void, undefined> {
    for (let index = 0; ; index++) {
      const page = await this.#page(index);
      if (!page) return;
      yield page;
    }
  }

  /** The newest user message of what has been read so far, and of the first page in any case. */
  async currentMessageId(): Promise<string | undefined> {
    for (let index = 0; index === 0 || index < this.#pages.length; index++) {
      const message = (await this.#page(index))?.find((item) => item.type === 'user_message');
      if (message) return message.id;
    }
    return undefined;
  }

  /** Asked for in order, by each reader from the first on. */
  #page(index: number): Promise<ThreadItem[] | null> {
    return (this.#pages[index] ??= this.#source.next().then((result) => (result.done === true ? null : result.value)));
  }
}
