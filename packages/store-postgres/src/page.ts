import { pageLimit, type Page, type PageQuery } from '@chatkit-selfhost/core';

/** The parameters of a page: limit, cursor, ascending. */
export function pageParameters(query: PageQuery): [number, string | null, boolean] {
  return [pageLimit(query), query.after ?? null, query.order === 'asc'];
}

/** A page from its records and, when there is another page, one more. */
export function toPage<T>(records: T[], query: PageQuery, cursorOf: (record: T) => string): Page<T> {
  const limit = pageLimit(query);
  const data = records.slice(0, limit);
  const last = data.at(-1);
  if (records.length <= limit || last === undefined) return { data, has_more: false };
  return { data, has_more: true, after: cursorOf(last) };
}
