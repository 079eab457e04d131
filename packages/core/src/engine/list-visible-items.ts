import { isHiddenItemType, type Page, type ThreadItem } from '../protocol/index.js';
import { notFound } from '../runs/run-hub.js';
import type { PageQuery } from '../store/index.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';

/** A thread may consist of hidden items: a request reads so many pages and no more. */
const MOST_READS = 10;

/** A page without hidden items; its cursor stays, even when it names a hidden one. Throws `not_found`: no such thread, or unknown cursor. */
export async function listVisibleItems(engine: Engine, { scope }: Caller, query: PageQuery & { threadId: string; limit: number }): Promise<Page<ThreadItem>> {
  const data: ThreadItem[] = [];
  let after = query.after;
  for (let reads = 1; ; reads++) {
    const page = await engine.store.threads.listItems(scope, { ...query, limit: query.limit - data.length, after });
    if (!page) throw notFound();
    data.push(...page.data.filter((item) => !isHiddenItemType(item.type)));
    const isFull = data.length >= query.limit || !engine.fillPages || reads === MOST_READS;
    if (isFull || !page.has_more || page.after === undefined) return { ...page, data };
    after = page.after;
  }
}
