import { expect, it } from 'vitest';
import type { ThreadItem } from '../../src/protocol/item.js';
import { itemsUpTo, prependItems, upsertItem, userMessageBefore } from '../../src/state/item-list.js';

const item = (id: string, type: ThreadItem['type'] = 'end_of_turn'): ThreadItem => ({ id, thread_id: 't', type }) as ThreadItem;
const ids = (items: readonly ThreadItem[]): string[] => items.map((entry) => entry.id);

it('older items go before the shown ones, none twice', () => {
  expect(ids(prependItems([item('c'), item('d')], [item('a'), item('b'), item('c')]))).toEqual(['a', 'b', 'c', 'd']);
});

it('an upsert keeps the position', () => {
  expect(ids(upsertItem([item('a'), item('b')], item('a')))).toEqual(['a', 'b']);
  expect(ids(upsertItem([item('a')], item('b')))).toEqual(['a', 'b']);
});

it('what a retry keeps ends with the user message', () => {
  const items = [item('u', 'user_message'), item('a'), item('u2', 'user_message'), item('b')];
  expect(userMessageBefore(items, 1)).toBe('u');
  expect(userMessageBefore(items, 99)).toBe('u2');
  expect(userMessageBefore([item('a')], 0)).toBeUndefined();
  expect(ids(itemsUpTo(items, 'u'))).toEqual(['u']);
});
