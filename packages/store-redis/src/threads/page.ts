import { pageLimit, type Page, type PageQuery } from '@chatkit-selfhost/core';

/** A page query as scripts read it. */
export function pageArguments(query: PageQuery): (string | number)[] {
  return [pageLimit(query), query.order ?? 'desc', query.after === undefined ? '0' : '1', query.after ?? ''];
}

/** A page of what was read: one more record than the page holds tells that there is more. */
export function toPage<T>(query: PageQuery, records: T[], idOf: (record: T, index: number) => string): Page<T> {
  const limit = pageLimit(query);
  const data = records.slice(0, limit);
  const last = data.at(-1);
  if (records.length <= limit || last === undefined) return { data, has_more: false };
  return { data, has_more: true, after: idOf(last, data.length - 1) };
}
