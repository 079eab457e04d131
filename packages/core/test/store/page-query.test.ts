import { expect, it } from 'vitest';
import { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT } from '../../src/index.js';
import { chatKitRequestSchema } from '../../src/protocol/index.js';
import { pageLimit } from '../../src/store/index.js';

it.each([
  [undefined, DEFAULT_PAGE_LIMIT], [Number.NaN, DEFAULT_PAGE_LIMIT], [0, 1], [-5, 1], [1.9, 1], [100, 100], [9_999, MAX_PAGE_LIMIT], [Number.POSITIVE_INFINITY, MAX_PAGE_LIMIT],
])('a page asked for with limit %s has at most %s records', (limit, expected) => {
  expect(pageLimit({ limit })).toBe(expected);
});

it('requests and stores agree on the default and on the most', () => {
  const limitOf = (limit?: number): unknown => chatKitRequestSchema.parse({ type: 'threads.list', params: { limit } }).params;
  expect(limitOf()).toMatchObject({ limit: pageLimit({}) });
  expect(limitOf(9_999)).toMatchObject({ limit: pageLimit({ limit: 9_999 }) });
});
