import { expect, test } from 'vitest';
import type { Page } from '../../src/protocol/index.js';
import { readPages } from '../../src/store/read-pages.js';

async function allOf(pages: Record<string, Page<number> | null>): Promise<number[]> {
  const read: number[] = [];
  let reads = 0;
  for await (const data of readPages(async (after) => {
    if (++reads > 10) throw new Error('It goes round in circles.');
    return pages[after ?? 'start'] ?? null;
  })) read.push(...data);
  return read;
}

test('joins pages to the last one', async () => {
  expect(await allOf({ start: { data: [1, 2], has_more: true, after: 'b' }, b: { data: [3], has_more: true, after: 'c' }, c: { data: [4], has_more: false } })).toEqual([1, 2, 3, 4]);
});

test('stops where a store says that there is more and not where', async () => {
  expect(await allOf({ start: { data: [1], has_more: true } })).toEqual([1]);
});

test('stops where a store says that it goes on where it was', async () => {
  expect(await allOf({ start: { data: [1], has_more: true, after: 'b' }, b: { data: [2], has_more: true, after: 'b' } })).toEqual([1, 2]);
});

test('ends where there is nothing, or no such thing', async () => {
  expect(await allOf({ start: { data: [], has_more: false } })).toEqual([]);
  expect(await allOf({})).toEqual([]);
  expect(await allOf({ start: { data: [1], has_more: true, after: 'gone' } })).toEqual([1]);
});
