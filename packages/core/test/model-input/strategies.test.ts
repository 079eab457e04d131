import { describe, expect, it } from 'vitest';
import { asMessages, recentMessages, summarizing, tokenBudget, type ModelInputItem } from '../../src/index.js';
import { assistant, assistantItem, info, item, runStrategies, toolItem, user, userItem } from './sample-conversion.js';
import type { Item, ThreadItem } from '../../src/protocol/index.js';

/** A conversation of so many exchanges and the message that is to be answered. */
function conversation(exchanges: number, last = userItem('now')): ThreadItem[] {
  return [...Array.from({ length: exchanges }, (_, index) => [userItem(`question ${String(index)}`), assistantItem(`answer ${String(index)}`)]).flat(), last];
}

const call: ModelInputItem = { type: 'function_call', callId: 'c', name: 'f', arguments: '{}', status: 'completed' };
const result: ModelInputItem = { type: 'function_call_result', callId: 'c', name: 'f', output: 'done', status: 'completed' };

describe('recentMessages', () => {
  it('gives the current message and so many before it, oldest first', async () => {
    expect(await runStrategies([recentMessages({ limit: 3 })], conversation(4))).toEqual([assistant('answer 2'), user('question 3'), assistant('answer 3'), user('now')]);
  });

  it('gives 50 unless told otherwise, and reads no more pages than it needs', async () => {
    let pages = 0;
    expect(await runStrategies([recentMessages()], conversation(60), { pageSize: 20, onPage: () => pages++ })).toHaveLength(51);
    expect(pages).toBe(3);
  });

  it('cuts earlier texts, never the current message', async () => {
    const long = 'x'.repeat(300);
    const input = await runStrategies([recentMessages({ limit: 5, maxChars: 200 })], [userItem(long), assistantItem(long, 'short'), userItem(long)]);
    expect(input).toEqual([user(`${'x'.repeat(200)}…`), assistant(`${'x'.repeat(200)}…`, 'short'), user(long)]);
  });

  it('cuts no character in half', async () => {
    const [first] = await runStrategies([recentMessages({ maxChars: 1 })], [userItem('🍬🍬'), userItem('now')]);
    expect(JSON.stringify(first)).not.toMatch(/\\ud[89ab]/);
  });

  it('keeps what the current message quotes', async () => {
    expect(await runStrategies([recentMessages({ limit: 1, maxChars: 3 })], conversation(1, userItem('Why?', { quoted_text: 'because' })))).toEqual([
      assistant('ans…'), user('Why?'), user('The user refers to this in particular:\nbecause'),
    ]);
  });

  it('does not count what says nothing to a model', async () => {
    const thread = [userItem('first'), toolItem('pending'), item<Item<'end_of_turn'>>({ type: 'end_of_turn' }), userItem('now')];
    expect(await runStrategies([recentMessages({ limit: 1 })], thread)).toEqual([user('first'), user('now')]);
  });

  it('ends with what came after the message, when that is what is answered', async () => {
    expect(await runStrategies([recentMessages({ limit: 2 })], [userItem('one'), userItem('two'), toolItem('completed', 1)])).toMatchObject([user('two'), { type: 'function_call' }, { type: 'function_call_result' }]);
  });

  it('trims what another strategy made', async () => {
    const given: ModelInputItem[] = [user('a long one'), call, { role: 'system', content: 'a long one' }, user('a long one')];
    expect(await recentMessages({ limit: 3, maxChars: 4 })({ items: (async function* () {})(), input: given, convert: async () => [] }, info)).toEqual([user('a lo…'), call, given[2], user('a long one')]);
  });

  it('counts only what gives the model something', async () => {
    const thinking = item<Item<'workflow'>>({ type: 'workflow', workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: 'hm' } as never], expanded: false } });
    const thread = conversation(3).flatMap((entry): ThreadItem[] => (entry.type === 'assistant_message' ? [{ ...thinking, id: `wf_${entry.id}` }, entry] : [entry]));
    expect(await runStrategies([recentMessages({ limit: 3 })], thread)).toEqual([assistant('answer 1'), user('question 2'), assistant('answer 2'), user('now')]);
  });

  it('converts nothing that is not wanted', async () => {
    const converted: string[] = [];
    const converters = { assistant_message: ({ id }: { id: string }) => {
      converted.push(id);
      return [assistant(id)];
    } };
    await runStrategies([recentMessages({ limit: 2 })], conversation(5), { converters });
    expect(converted).toEqual(['msg_answer 4']);
  });

  it('gives no quote of an earlier message', async () => {
    const thread = [userItem('zero'), userItem('first', { quoted_text: 'old quote' }), userItem('second', { quoted_text: 'new quote' })];
    expect(await runStrategies([recentMessages()], thread)).toEqual([user('zero'), user('first'), user('second'), user('The user refers to this in particular:\nnew quote')]);
  });

  it('has the message that is answered, whole, however much came after it', async () => {
    const long = 'x'.repeat(300);
    const after = Array.from({ length: 6 }, (_, index) => item<Item<'hidden_context_item'>>({ type: 'hidden_context_item', content: String(index) }));
    const input = await runStrategies([recentMessages({ limit: 2, maxChars: 200 })], [...conversation(2), userItem(long), ...after]);
    expect(input).toHaveLength(3);
    expect(input[0]).toEqual(user(long));
  });

  it('keeps a summary, and the whole message with its quote, when it comes after another strategy', async () => {
    const strategies = [summarizing({ after: 6, summarize: async () => 'short' }), recentMessages({ limit: 1, maxChars: 3 })];
    for (let exchanges = 3; exchanges < 8; exchanges++) {
      expect(await runStrategies(strategies, conversation(exchanges, userItem('Why?', { quoted_text: 'because' })))).toEqual([
        { role: 'system', content: 'Summary of the conversation so far:\nshort' }, assistant('ans…'), user('Why?'), user('The user refers to this in particular:\nbecause'),
      ]);
    }
  });

  it('gives nothing of an empty thread', async () => {
    expect(await runStrategies([recentMessages()], [])).toEqual([]);
  });
});

describe('tokenBudget', () => {
  it('gives the newest that fit', async () => {
    expect(await runStrategies([tokenBudget({ maxTokens: 5, countTokens: (text) => text.split(' ').length })], conversation(3))).toEqual([user('question 2'), assistant('answer 2'), user('now')]);
  });

  it('reads page by page until it is full', async () => {
    let pages = 0;
    await runStrategies([tokenBudget({ maxTokens: 10 })], conversation(50), { pageSize: 4, onPage: () => pages++ });
    expect(pages).toBeLessThan(4);
  });

  it('gives all when all fits', async () => {
    expect(await runStrategies([tokenBudget({ maxTokens: 1_000 })], conversation(3), { pageSize: 2 })).toHaveLength(7);
  });

  it('always keeps the newest, even when it alone is too much', async () => {
    expect(await runStrategies([tokenBudget({ maxTokens: 1 })], conversation(1, userItem('x'.repeat(100))))).toEqual([user('x'.repeat(100))]);
  });

  const mention: Item<'user_message'>['content'][number] = { type: 'input_tag', id: 'ada', text: 'Ada', data: {}, interactive: false };
  const rich = userItem('Who is that?', { content: [{ type: 'input_text', text: 'Who is ' }, mention], quoted_text: 'a long quote' });
  const converters = { tag: () => ({ type: 'input_text', text: 'Ada is a person' }) as const };

  it('keeps the whole message that is answered, with its quote and its mentions', async () => {
    const alone = await runStrategies([recentMessages({ limit: 0 })], [rich], { converters });
    expect(alone).toHaveLength(3);
    expect(await runStrategies([tokenBudget({ maxTokens: 5 })], [...conversation(2), rich], { converters })).toEqual(alone);
    expect(await runStrategies([recentMessages(), tokenBudget({ maxTokens: 5 })], [...conversation(2), rich], { converters })).toEqual(alone);
  });

  it('keeps the message that is answered and the newest result, when there is no room for the calls between them', async () => {
    const calls = Array.from({ length: 5 }, (_, index) => ({ ...toolItem('completed', 'x'.repeat(200)), id: `tc_${String(index)}`, call_id: `call_${String(index)}` }));
    for (const strategies of [[tokenBudget({ maxTokens: 80 })], [recentMessages(), tokenBudget({ maxTokens: 80 })]]) {
      expect(await runStrategies(strategies, [...conversation(2), ...calls])).toMatchObject([user('now'), { type: 'function_call', callId: 'call_4' }, { type: 'function_call_result' }]);
    }
  });

  it('converts each item once, and little more than fits', async () => {
    const converted: string[] = [];
    await runStrategies([tokenBudget({ maxTokens: 40, countTokens: () => 1 })], conversation(50), { pageSize: 10, converters: { assistant_message: ({ id }) => {
      converted.push(id);
      return [assistant(id)];
    } } });
    expect(converted.length).toBeLessThan(25);
    expect(new Set(converted).size).toBe(converted.length);
  });

  it('keeps system messages, and counts them', async () => {
    const given: ModelInputItem[] = [{ role: 'system', content: 'xxxx' }, user('old one'), user('new')];
    const strategy = tokenBudget({ maxTokens: 2 });
    expect(await strategy({ items: (async function* () {})(), input: given, convert: async () => [] }, info)).toEqual([given[0], given[2]]);
  });

  it('counts images and files as something', async () => {
    const image: ModelInputItem = { role: 'user', content: [{ type: 'input_image', image: 'https://x.example' }] };
    const strategy = tokenBudget({ maxTokens: 500 });
    expect(await strategy({ items: (async function* () {})(), input: [image, user('new')], convert: async () => [] }, info)).toEqual([user('new')]);
  });

  it('leaves no half of a tool call', async () => {
    const strategy = tokenBudget({ maxTokens: 2 });
    expect(await strategy({ items: (async function* () {})(), input: [user('xxxxxxxxxxxx'), call, result, user('new')], convert: async () => [] }, info)).toEqual([user('new')]);
  });
});

describe('summarizing', () => {
  function counting(): { asked: ModelInputItem[][]; strategy: ReturnType<typeof summarizing> } {
    const asked: ModelInputItem[][] = [];
    return { asked, strategy: summarizing({ after: 4, summarize: async (items) => {
      asked.push(items);
      return `${String(items.length)} entries`;
    } }) };
  }

  it('leaves a short conversation as it is', async () => {
    const { strategy, asked } = counting();
    expect(await runStrategies([strategy], conversation(1))).toHaveLength(3);
    expect(asked).toEqual([]);
  });

  it('puts a summary before the newer part of a long one', async () => {
    const { strategy } = counting();
    const input = await runStrategies([strategy], conversation(2));
    expect(input).toEqual([{ role: 'system', content: 'Summary of the conversation so far:\n3 entries' }, assistant('answer 1'), user('now')]);
  });

  it('uses a summary again as long as the older part is the same', async () => {
    const { strategy, asked } = counting();
    await runStrategies([strategy], conversation(2));
    await runStrategies([strategy], conversation(2));
    await runStrategies([strategy], [...conversation(2), assistantItem('answer now')]);
    expect(asked).toHaveLength(1);
    await runStrategies([strategy], conversation(3));
    expect(asked).toHaveLength(2);
  });

  it('divides what is too much for one text, and gives what came before to the next', async () => {
    const { strategy, asked } = counting();
    await runStrategies([strategy], conversation(250));
    expect(asked.map(({ length }) => length)).toEqual([200, 201, 100]);
    expect(asked[1]?.[0]).toEqual({ role: 'system', content: 'Summary of the conversation so far:\n200 entries' });
  });

  it('never sums up a part of what one item says', async () => {
    const strategy = summarizing({ after: 3, summarize: async (items) => `${String(items.length)} entries` });
    const input = await runStrategies([strategy], conversation(1, userItem('Why?', { quoted_text: 'because' })));
    expect(input).toEqual([{ role: 'system', content: 'Summary of the conversation so far:\n2 entries' }, user('Why?'), user('The user refers to this in particular:\nbecause')]);
  });

  it('asks once when two turns need the same summary at the same time', async () => {
    const { strategy, asked } = counting();
    await Promise.all([runStrategies([strategy], conversation(2)), runStrategies([strategy], conversation(2))]);
    expect(asked).toHaveLength(1);
  });

  it('tries again after a failure', async () => {
    let calls = 0;
    const strategy = summarizing({ after: 2, summarize: async () => {
      if (++calls === 1) throw new Error('the model is away');
      return 'summary';
    } });
    await expect(runStrategies([strategy], conversation(2))).rejects.toThrow('the model is away');
    expect(await runStrategies([strategy], conversation(2))).toHaveLength(2);
  });

  it('forgets the summaries that were not used for longest', async () => {
    const { strategy, asked } = counting();
    const one = (n: number): ThreadItem[] => conversation(2, userItem(`now ${String(n)}`)).map((entry, index) => (index === 0 ? userItem(`other ${String(n)}`) : entry));
    for (let n = 0; n <= 200; n++) await runStrategies([strategy], one(n));
    await runStrategies([strategy], one(200));
    expect(asked).toHaveLength(201);
    await runStrategies([strategy], one(0));
    expect(asked).toHaveLength(202);
  });
});

it('strategies work on what the one before them made', async () => {
  const input = await runStrategies([summarizing({ after: 4, summarize: async () => 'short' }), tokenBudget({ maxTokens: 14 })], conversation(10));
  expect(input[0]).toMatchObject({ role: 'system' });
  expect(input.at(-1)).toEqual(user('now'));
});

describe('asMessages', () => {
  it('makes a message with a role of everything that has text', () => {
    expect(asMessages([
      { role: 'system', content: 'Be brief.' }, { role: 'user', content: [{ type: 'input_text', text: 'One' }, { type: 'input_image', image: 'x' }, { type: 'input_text', text: 'Two' }] },
      assistant('A', 'B'), call, result, { role: 'user', content: [{ type: 'input_image', image: 'x' }] },
    ])).toEqual([
      { role: 'system', content: 'Be brief.' }, { role: 'user', content: 'One\n\n\n\nTwo' }, { role: 'assistant', content: 'A\n\nB' },
      { role: 'assistant', content: 'Called f with {}' }, { role: 'assistant', content: 'f returned done' },
    ]);
  });
});
