import { expect, it } from 'vitest';
import type { ThreadItem } from '../../src/protocol/item.js';
import { ItemChunks } from '../../src/view/item-chunks.js';

/** Questions and answers in turn, numbered from `from` up to, but not including, `to`. */
function items(from: number, to: number): ThreadItem[] {
  return Array.from({ length: to - from }, (_, index): ThreadItem => {
    const number = from + index;
    const base = { id: `item-${number}`, thread_id: 't' };
    return number % 2 === 0 ? { ...base, type: 'user_message', content: [], attachments: [] } : { ...base, type: 'assistant_message', content: [] };
  });
}

const boxes = (chunks: ReturnType<ItemChunks['divide']>): Map<string, number> => new Map(chunks.flatMap(({ number, items: own }) => own.map((item) => [item.id, number])));

it('keeps all items in their order, in boxes of about 25 that begin with a user message', () => {
  const thread = items(0, 2000);
  const chunks = new ItemChunks().divide(thread);
  expect(chunks.flatMap((chunk) => chunk.items)).toEqual(thread);
  expect(chunks.length).toBeLessThan(100);
  expect(chunks.every((chunk) => chunk.items[0]?.type === 'user_message' && chunk.items.length <= 27)).toBe(true);
});

it('leaves every item in its box while older and newer ones come in and others go', () => {
  const chunks = new ItemChunks();
  let before = boxes(chunks.divide(items(100, 140)));
  for (const thread of [items(60, 140), items(60, 150), items(20, 150), items(20, 150).filter(({ id }) => id !== 'item-60'), items(20, 145)]) {
    const divided = chunks.divide(thread);
    expect(divided.flatMap((chunk) => chunk.items)).toEqual(thread);
    expect(new Set(divided.map(({ number }) => number)).size).toBe(divided.length);
    const after = boxes(divided);
    for (const [id, number] of before) if (after.has(id)) expect(after.get(id)).toBe(number);
    before = after;
  }
});

it('begins anew with another thread', () => {
  const chunks = new ItemChunks();
  chunks.divide(items(0, 100));
  expect(chunks.divide(items(500, 510)).map(({ number }) => number)).toEqual([0]);
});
