import { expect, it } from 'vitest';
import { readPageQuery } from '../../src/http/read-page-query.js';

const read = (query: string, maxPageSize = 100): unknown => readPageQuery(new Request(`https://app.example/agent/history${query}`), { maxPageSize });

it.each([
  ['', { limit: 20, order: 'desc' }],
  ['?limit=5&order=asc&after=msg_1', { limit: 5, order: 'asc', after: 'msg_1' }],
  // As the protocol's lists: out of range is brought into it.
  ['?limit=0', { limit: 20, order: 'desc' }],
  ['?limit=-5', { limit: 1, order: 'desc' }],
  ['?limit=9999&other=x', { limit: 100, order: 'desc' }],
])('takes %j', (query, expected) => {
  expect(read(query)).toEqual(expected);
});

it('holds the app’s own limit', () => {
  expect(read('?limit=50', 10)).toMatchObject({ limit: 10 });
});

it.each([['?order=bogus', 'order'], ['?order=', 'order'], ['?limit=abc', 'limit'], ['?limit=1.5', 'limit'], ['?limit=', 'limit'], ['?limit=1e3', 'limit']])('refuses %j, naming the parameter', (query, path) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ code: 'invalid_request', status: 400, path }));
});
