import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChatKit, defineActions, defineResponseTypes, type Item, type Responder, type ThreadItem, type TurnRecord } from '../../src/index.js';
import type { streamedText} from './chat-server.js';
import { chatServer, owner, silent, speakTo, texts, typesOf } from './chat-server.js';

describe('a retry', () => {
  const failing = (): Responder => async function* (turn) {
    if (turn.trigger.type === 'message') yield 'first answer';
    else throw new Error('broken');
  };
  const questionOf = (items: ThreadItem[]): string => items.find(({ type }) => type === 'user_message')?.id ?? '';

  it('that brings nothing and fails keeps the old answer', async () => {
    const server = chatServer({ respond: failing() });
    const { threadId } = await server.create('question');
    const { events } = await server.call('threads.retry_after_item', { thread_id: threadId, item_id: questionOf(await server.items(threadId)) });
    expect(typesOf(events).at(-1)).toBe('error');
    expect(texts(await server.items(threadId))).toEqual(['question', 'first answer']);
  });

  it('that fails after some text replaces the old answer by it', async () => {
    const server = chatServer({ async *respond(turn) {
      yield turn.trigger.type === 'message' ? 'first answer' : 'half of';
      if (turn.trigger.type === 'retry') throw new Error('broken');
    } });
    const { threadId } = await server.create('question');
    await server.call('threads.retry_after_item', { thread_id: threadId, item_id: questionOf(await server.items(threadId)) });
    expect(texts(await server.items(threadId))).toEqual(['question', 'half of']);
  });

  it('that completes without saying anything removes the old answer, and keeps what it hid', async () => {
    const server = chatServer({ async respond(turn) {
      if (turn.trigger.type === 'message') await turn.sendText('first answer');
      else await turn.addHiddenContext('for the model');
    } });
    const { threadId } = await server.create('question');
    await server.call('threads.retry_after_item', { thread_id: threadId, item_id: questionOf(await server.items(threadId)) });
    expect((await server.items(threadId)).map(({ type }) => type)).toEqual(['user_message', 'hidden_context_item']);
  });

  it('shows the model the conversation up to its question, and supersedes the old record', async () => {
    const seen: string[][] = [];
    const server = chatServer({ async respond(turn) {
      seen.push((await turn.modelInput()).map((item) => JSON.stringify(item)));
      await turn.sendText(`answer ${String(seen.length)}`);
    } });
    const { threadId } = await server.create('question');
    await server.call('threads.retry_after_item', { thread_id: threadId, item_id: questionOf(await server.items(threadId)) });
    expect(seen[1]).toEqual(seen[0]);
    expect((await server.store.history.query(owner, { threadId }))?.data.map(({ agentResponse }) => agentResponse)).toEqual(['answer 2']);
  });
});

describe('the output of a client tool', () => {
  const respond: Responder = async (turn) => {
    if (turn.userText === 'two calls') await turn.callClientTool({ name: 'stray' });
    if (turn.trigger.type === 'message') await turn.callClientTool({ name: 'pick' });
    else if (turn.trigger.type === 'client_tool_output') await turn.sendText(`got ${JSON.stringify(turn.trigger.item.output)}`);
  };
  const output = (threadId: string, result: unknown): [string, object] => ['threads.add_client_tool_output', { thread_id: threadId, result }];

  it('completes the call though hidden items came after it', async () => {
    const server = chatServer({ async respond(turn) {
      await respond(turn);
      if (turn.trigger.type === 'message') await turn.addHiddenContext('after the call');
    } });
    const { threadId } = await server.create('call');
    expect(streamedTextOf(await server.call(...output(threadId, { a: 1 })))).toEqual(['got {"a":1}']);
    expect((await server.items(threadId)).find((item) => item.type === 'client_tool_call')).toMatchObject({ status: 'completed', output: { a: 1 } });
  });

  it('takes stray calls away', async () => {
    const server = chatServer({ respond });
    const { threadId } = await server.create('two calls');
    await server.call(...output(threadId, null));
    expect((await server.items(threadId)).filter((item) => item.type === 'client_tool_call')).toMatchObject([{ name: 'pick', output: null }]);
  });

  it('that is repeated before it was answered is answered', async () => {
    let fails = true;
    const server = chatServer({ async respond(turn) {
      if (turn.trigger.type === 'client_tool_output' && fails) throw new Error('broken');
      await respond(turn);
    } });
    const { threadId } = await server.create('call');
    await server.call(...output(threadId, { a: 1 }));
    fails = false;
    expect(await server.call(...output(threadId, { a: 2 }))).toMatchObject({ status: 409, json: { code: 'no_pending_call' } });
    expect(streamedTextOf(await server.call(...output(threadId, { a: 1 })))).toEqual(['got {"a":1}']);
    expect(await server.call(...output(threadId, { a: 1 }))).toMatchObject({ status: 409 });
  });

  it('is none of a call from before the last message', async () => {
    const server = chatServer({ async respond(turn) {
      if (turn.userText !== 'never mind') await respond(turn);
    } });
    const { threadId } = await server.create('call');
    await server.say(threadId, 'never mind');
    expect(await server.call(...output(threadId, 1))).toMatchObject({ status: 409 });
  });

  it('is completed once when it comes twice at the same time', async () => {
    const server = chatServer({ respond });
    const { threadId } = await server.create('call');
    const answers = await Promise.all([server.call(...output(threadId, 1)), server.call(...output(threadId, 2))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  const streamedTextOf = ({ events }: { events: Parameters<typeof streamedText>[0] }): string[] => texts(events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : [])));
});

describe('titles', () => {
  it('are made once, at the end of a turn that went well, and announced', async () => {
    let made = 0;
    const server = chatServer({ titles: async () => `  Title ${String(++made)} `, async *respond({ userText }) {
      yield 'answer';
      if (userText === 'fail') throw new Error('broken');
    } });
    const failed = await server.create('fail');
    expect(made).toBe(0);
    expect(await server.store.threads.get(owner, failed)).not.toHaveProperty('title', expect.anything());
    const { threadId, events } = await server.create('hello');
    expect(events.find((event) => event.type === 'thread.updated')).toMatchObject({ thread: { title: 'Title 1' } });
    await server.say(threadId, 'again');
    expect(await server.store.threads.get(owner, { threadId })).toMatchObject({ title: 'Title 1' });
    expect(made).toBe(1);
  });

  it('that are blank are none', async () => {
    const server = chatServer({ titles: async () => ' ', respond: () => undefined });
    expect(typesOf((await server.create('hello')).events)).not.toContain('thread.updated');
  });
});

describe('structured replies of whole turns', () => {
  const responseTypes = defineResponseTypes({ sum: { schema: z.object({ n: z.number(), at: z.date().optional() }), message: ({ n }) => `It is ${String(n)}.` } });

  it('are recorded in their JSON form, and say their message when there is no other', async () => {
    const records: TurnRecord[] = [];
    const store = memoryStore();
    const chatkit = createChatKit({ store, authenticate: async () => owner, responseTypes, logger: silent, hooks: { turnEnd: (record) => void records.push(record) },
      respond: (turn) => turn.reply({ type: 'sum', data: { n: 3, at: new Date(0) } }) });
    const server = speakTo(chatkit, store);
    const { threadId } = await server.create('add');
    expect(texts(await server.items(threadId))).toEqual(['add', 'It is 3.']);
    expect(records).toMatchObject([{ responseType: 'sum', structuredData: { n: 3, at: '1970-01-01T00:00:00.000Z' }, agentResponse: 'It is 3.', userMessage: 'add', outcome: 'completed' }]);
  });
});

describe('actions', () => {
  it('need a handler each, at once', () => {
    const actions = defineActions({ go: {} });
    expect(() => createChatKit({ store: memoryStore(), actions, respond: () => undefined, onAction: {} as never })).toThrow('onAction has no handler for the action "go".');
  });

  it('make buttons, and check payload and form apart', async () => {
    const store = memoryStore();
    const actions = defineActions({ buy: { payload: z.object({ sku: z.string() }), form: z.object({ n: z.coerce.number() }) }, any: {}, only: { payload: z.string() } });
    expect(actions.buy({ sku: 'S' }, { loadingBehavior: 'self' })).toEqual({ type: 'buy', payload: { sku: 'S' }, handler: 'server', loadingBehavior: 'self', streaming: true });
    expect(actions.any()).not.toHaveProperty('payload');
    const got: unknown[] = [];
    const chatkit = createChatKit({ store, authenticate: async () => owner, actions, logger: silent, respond: () => undefined,
      onAction: { buy: (_turn, { payload }) => void got.push(payload), any: (_turn, { payload }) => void got.push(payload), only: (_turn, { payload }) => void got.push(payload) } });
    const server = speakTo(chatkit, store);
    const { threadId } = await server.create('x');
    const act = (type: string, payload: unknown): Promise<{ status: number; json: unknown }> => server.call('threads.custom_action', { thread_id: threadId, action: { type, payload } });
    await act('buy', { sku: 'S', n: '2' });
    await act('any', { free: true });
    await act('only', 'text');
    expect(got).toEqual([{ sku: 'S', n: 2 }, { free: true }, 'text']);
    expect(await act('buy', { sku: 'S', n: 'two' })).toMatchObject({ status: 400, json: { path: 'params.action.payload.n' } });
    expect(await act('buy', undefined)).toMatchObject({ status: 400, json: { code: 'invalid_payload' } });
  });
});

it('a question is answered as it was asked: unknown answers ignored, single choices single, skipped ones skipped', async () => {
  const server = chatServer({ respond: (turn) => (turn.trigger.type === 'message' ? turn.askUser([
    { type: 'multiple_choice', id: 'one', question: '?', options: [{ value: 'a' }], multiple: false }, { type: 'freeform', id: 'free', question: '?' }, { type: 'freeform', id: 'toString', question: '?' },
  ]) : undefined) });
  const { threadId } = await server.create('ask');
  const question = (await server.items(threadId)).find((item): item is Item<'structured_input'> => item.type === 'structured_input');
  const submission = { status: 'answered', answers: { one: { values: ['x', 'y'] }, free: { values: [] }, unknown: { values: ['z'] } } };
  await server.call('threads.add_structured_input', { thread_id: threadId, item_id: question?.id, input: submission });
  expect((await server.items(threadId)).find(({ type }) => type === 'structured_input')).toMatchObject({ status: 'answered', inputs: [
    { answer: { values: ['x'], skipped: false } }, { answer: { values: [], skipped: true } }, { answer: { values: [], skipped: true } },
  ] });
});

it('an upload address that is none is the app\'s mistake', async () => {
  for (const begun of [{ url: '/relative', method: 'PUT' as const, headers: {} }, { previewUrl: 'nope' }]) {
    const errors: unknown[] = [];
    const server = chatServer({ respond: () => undefined, hooks: { error: (error) => errors.push(error) }, uploads: { begin: async () => begun, read: async () => null, delete: async () => undefined } });
    expect(await server.call('attachments.create', { name: 'a', size: 1, mime_type: 'image/png' })).toMatchObject({ status: 500, json: { code: 'internal_error' } });
    expect(errors).toMatchObject([{ message: expect.stringContaining('no absolute address') as string }]);
  }
});
