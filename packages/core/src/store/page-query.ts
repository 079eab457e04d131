import { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT } from '../protocol/page.js';

export { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT };

/**
 * One page of a list, by keyset: the cost is O(limit) wherever the page is.
 *
 * `after` is exclusive and names a record that an earlier page ended with. It keeps working when that record was deleted since,
 * for as long as the list itself exists. A cursor that never named a record of this list makes the call return null.
 */
export interface PageQuery {
  /** 1 to 100. Default 20. */
  limit?: number | undefined;
  after?: string | undefined;
  /** By the store's own sequence, never by a timestamp. Default `desc`: newest first. */
  order?: 'asc' | 'desc' | undefined;
}

/** The page size to use for a requested one: at least 1, at most {@link MAX_PAGE_LIMIT}. */
export function pageLimit(query: PageQuery): number {
  const limit = Math.trunc(query.limit ?? DEFAULT_PAGE_LIMIT);
  return Math.min(Math.max(Number.isNaN(limit) ? DEFAULT_PAGE_LIMIT : limit, 1), MAX_PAGE_LIMIT);
}
