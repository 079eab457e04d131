import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { inputText } from '../../src/model-input/input-text.js';
import { recentMessages, summarizing, type ModelInputItem, type ModelInputStrategy, type Store, type ThreadItem } from '../../src/index.js';
import { chatServer, input as messageInput, owner, type ChatServer } from '../engine/chat-server.js';
import { user, userItem } from './sample-conversion.js';

/** A server that answers each message and tells what its model would have got. */
function inputServer(modelInput?: ModelInputStrategy | ModelInputStrategy[], store: Store = memoryStore()): { server: ChatServer; seen: ModelInputItem[][] } {
  const seen: ModelInputItem[][] = [];
  const server = chatServer({ store, modelInput, async *respond(turn) {
    seen.push(await turn.modelInput());
    yield `answer to ${turn.userText}`;
  } });
  return { server, seen };
}

/** The same store, with a count of its reads of items. */
function countedReads(store: Store): { store: Store; reads: string[] } {
  const reads: string[] = [];
  const threads: Store['threads'] = {
    ...store.threads,
    listItems: (scope, query) => {
      reads.push('listItems');
      return store.threads.listItems(scope, query);
    },
    getItem: (scope, query) => {
      reads.push('getItem');
      return store.threads.getItem(scope, query);
    },
  };
  return { store: { ...store, threads }, reads };
}

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

it('what was read when the turn began is not read again, and older items only when they are needed', async () => {
  const { store, reads } = countedReads(memoryStore());
  const { server, seen } = inputServer(undefined, store);
  const { threadId } = await server.create('first');
  await server.say(threadId, 'second');
  expect(seen[1]?.map(inputText)).toEqual(['first', 'answer to first', 'second']);
  expect(reads).toEqual([]);

  const put = Array.from({ length: 120 }, (_, index): ThreadItem => ({ ...userItem(`m${String(index)}`), thread_id: threadId }));
  await store.threads.write(owner, { threadId, put });
  await server.say(threadId, 'third');
  expect(seen[2]?.map(inputText)).toEqual([...Array.from({ length: 50 }, (_, index) => `m${String(index + 70)}`), 'third']);
  expect(reads).toEqual([]);

  const whole = inputServer(recentMessages({ limit: 1_000 }), store);
  await whole.server.say(threadId, 'fourth');
  expect(whole.seen[0]).toHaveLength(127);
  expect(reads).toEqual(['listItems']);
});

it('a retry sees what was before the message, and not the answer that is being replaced', async () => {
  const { store, reads } = countedReads(memoryStore());
  const { server, seen } = inputServer(undefined, store);
  const { threadId } = await server.create('first');
  await server.say(threadId, 'second');
  const message = (await server.items(threadId))[2];
  reads.length = 0;
  await server.call('threads.retry_after_item', { thread_id: threadId, item_id: message?.id });
  expect(seen[2]?.map(inputText)).toEqual(['first', 'answer to first', 'second']);
  expect(reads).not.toContain('listItems');
});

it('the result of a tool of the page is seen by the turn that goes on with it', async () => {
  const seen: ModelInputItem[][] = [];
  const server = chatServer({ async respond(turn) {
    seen.push(await turn.modelInput());
    if (turn.trigger.type === 'message') await turn.callClientTool({ name: 'get_selection' });
  } });
  const { threadId } = await server.create('first');
  await server.call('threads.add_client_tool_output', { thread_id: threadId, result: { text: 'chosen' } });
  expect(seen[1]).toMatchObject([user('first'), { type: 'function_call' }, { type: 'function_call_result', output: '{"text":"chosen"}' }]);
});

it('the quote of the message that is answered is given, those of earlier messages are not', async () => {
  const { server, seen } = inputServer();
  const { threadId } = await server.create('zero');
  const quoting = (text: string, quote: string) => server.call('threads.add_user_message', { thread_id: threadId, input: { ...messageInput(text), quoted_text: quote } });
  await quoting('first', 'OLD QUOTE');
  await quoting('second', 'NEW QUOTE');
  expect(seen[2]?.map(inputText)).toEqual([
    'zero', 'answer to zero', 'first', 'answer to first', 'second', 'The user refers to this in particular:\nNEW QUOTE',
  ]);
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

it('a strategy of the app may go through the thread again, and gets what was converted before', async () => {
  let conversions = 0;
  const server = chatServer({
    modelInput: [async ({ items, convert }) => {
      const first: ThreadItem[] = [];
      for await (const page of items) first.push(...page);
      await convert(first.toReversed());
      return [];
    }, recentMessages()],
    itemConverters: { user_message: () => {
      conversions += 1;
      return [user('said')];
    } },
    respond: async (turn) => {
      expect(await turn.modelInput()).toEqual([user('said')]);
    },
  });
  expect((await server.create('x')).events.some(({ type }) => type === 'error')).toBe(false);
  expect(conversions).toBe(1);
});

/** Sums up by naming every text, so that a lost one is missed. */
function rememberingServer(store: Store): { server: ChatServer; seen: ModelInputItem[][]; asked: ModelInputItem[][] } {
  const asked: ModelInputItem[][] = [];
  const strategy = summarizing({ after: 8, summarize: async (items) => {
    asked.push(items);
    return items.map((entry) => inputText(entry).replace('Summary of the conversation so far:\n', '')).join('|');
  } });
  return { ...inputServer(strategy, store), asked };
}

function wordsOf(input: ModelInputItem[] | undefined): string[] {
  return (input ?? []).flatMap((entry) => inputText(entry).replace('Summary of the conversation so far:\n', '').split('|'));
}

it('a long conversation is summed up step by step: each part once, and nothing is lost', async () => {
  const { store, reads } = countedReads(memoryStore());
  const { server, seen, asked } = rememberingServer(store);
  const { threadId } = await server.create('message 0');
  const expected = ['message 0'];
  for (let turn = 1; turn <= 40; turn++) {
    expected.push(`answer to message ${String(turn - 1)}`, `message ${String(turn)}`);
    await server.say(threadId, `message ${String(turn)}`);
    expect(wordsOf(seen.at(-1))).toEqual(expected);
    expect(seen.at(-1)?.length).toBeLessThanOrEqual(9);
  }
  expect(asked.length).toBeLessThanOrEqual(20);
  expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(6);
  // The recent items hold the summary, however long the thread is.
  expect(reads).toEqual([]);
  expect(JSON.stringify((await server.call('items.list', { thread_id: threadId, limit: 100 })).json)).not.toContain('conversation_summary');
});

it('a summary is there for another node, and after a restart', async () => {
  const store = memoryStore();
  const one = rememberingServer(store);
  const { threadId } = await one.server.create('message 0');
  for (let turn = 1; turn <= 10; turn++) await one.server.say(threadId, `message ${String(turn)}`);
  const other = rememberingServer(store);
  await other.server.say(threadId, 'there?');
  expect(wordsOf(other.seen[0])).toEqual([...wordsOf(one.seen.at(-1)), 'answer to message 10', 'there?']);
  expect(other.asked.flat().map(inputText)).not.toContain('message 1');
});

it('a conversation that was long before is summed up from its beginning, once', async () => {
  const store = memoryStore();
  const { server, seen, asked } = rememberingServer(store);
  const { threadId } = await server.create('first');
  const texts = Array.from({ length: 1_500 }, (_, index) => `m${String(index)}`);
  await store.threads.write(owner, { threadId, put: texts.map((text): ThreadItem => ({ ...userItem(text), thread_id: threadId })) });
  await server.say(threadId, 'now');
  expect(wordsOf(seen.at(-1))).toEqual(['first', 'answer to first', ...texts, 'now']);
  expect(asked).toHaveLength(8);
  await server.say(threadId, 'again');
  expect(wordsOf(seen.at(-1)).slice(0, 3)).toEqual(['first', 'answer to first', 'm0']);
  expect(asked.slice(8).flat().length).toBeLessThan(10);
});

it('a retry takes back a summary that knows of what is being replaced', async () => {
  const { server, seen } = rememberingServer(memoryStore());
  const { threadId } = await server.create('message 0');
  for (let turn = 1; turn <= 12; turn++) await server.say(threadId, `message ${String(turn)}`);
  const message = (await server.items(threadId)).find((item) => item.type === 'user_message' && inputOf(item) === 'message 6');
  await server.call('threads.retry_after_item', { thread_id: threadId, item_id: message?.id });
  expect(wordsOf(seen.at(-1)).at(-1)).toBe('message 6');
  await server.say(threadId, 'and then?');
  const words = wordsOf(seen.at(-1));
  expect(words.slice(-3)).toEqual(['message 6', 'answer to message 6', 'and then?']);
  expect(words.filter((word) => word === 'message 3')).toHaveLength(1);
  expect(words).not.toContain('message 7');
});

it('what another strategy left out of a long conversation stays in the summary', async () => {
  const store = memoryStore();
  const asked: ModelInputItem[][] = [];
  const { server, seen } = inputServer([recentMessages({ limit: 12 }), summarizing({ after: 8, summarize: async (items) => {
    asked.push(items);
    return items.map((entry) => inputText(entry).replace('Summary of the conversation so far:\n', '')).join('|');
  } })], store);
  const { threadId } = await server.create('message 0');
  for (let turn = 1; turn <= 30; turn++) await server.say(threadId, `message ${String(turn)}`);
  expect(wordsOf(seen.at(-1))).toHaveLength(61);
  expect(asked.length).toBeLessThanOrEqual(15);
});

function inputOf(item: ThreadItem): string {
  return item.type === 'user_message' ? item.content.map((part) => part.text).join('') : '';
}
