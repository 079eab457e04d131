import type { Page } from '../protocol/index.js';

/** The records of page after page. A store that says that there is more but not where, or where it was before, ends it, as null does. */
export async function* readPages<T>(read: (after: string | undefined) => Promise<Page<T> | null>): AsyncGenerator<T[], void, undefined> {
  let after: string | undefined;
  for (;;) {
    const page = await read(after);
    if (page) yield page.data;
    if (!page?.has_more || page.after === undefined || page.after === after) return;
    after = page.after;
  }
}
