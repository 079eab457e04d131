import { expect, it } from 'vitest';
import { inputText } from '../../src/model-input/input-text.js';
import { recentMessages, type ThreadItem } from '../../src/index.js';
import { chatServer, owner } from '../engine/chat-server.js';
import { userItem } from './sample-conversion.js';

it('the whole thread can be read, page by page, and what the turn added so far belongs to it', async () => {
  const seen: string[][] = [];
  const server = chatServer({ modelInput: recentMessages({ limit: 1_000 }), async respond(turn) {
    await turn.addHiddenContext('looked up');
    seen.push((await turn.modelInput()).map(inputText));
  } });
  const { threadId } = await server.create('first');
  const put = Array.from({ length: 120 }, (_, index): ThreadItem => ({ ...userItem(`m${String(index)}`), thread_id: threadId }));
  await server.store.threads.write(owner, { threadId, put });
  await server.say(threadId, 'last');
  const input = seen[1] ?? [];
  expect(input[0]).toBe('first');
  expect(input.slice(2, 123)).toEqual([...put.map((_, index) => `m${String(index)}`), 'last']);
  expect(input.at(-1)).toContain('looked up');
});

it('strategies run in the order in which they are given', async () => {
  const order: string[] = [];
  const server = chatServer({ modelInput: [({ input }) => {
    order.push('one');
    return [...input, { role: 'system', content: 'a' }];
  }, ({ input }) => {
    order.push('two');
    return [...input, { role: 'system', content: 'b' }];
  }], respond: async (turn) => {
    expect((await turn.modelInput()).map(inputText)).toEqual(['a', 'b']);
  } });
  expect((await server.create('x')).events.some(({ type }) => type === 'error')).toBe(false);
  expect(order).toEqual(['one', 'two']);
});
