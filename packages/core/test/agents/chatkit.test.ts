import { Agent } from '@openai/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import { createChatKit, defineResponseTypes, type ChatKitServer, type ThreadItem, type Turn } from '../../src/index.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import { failure, functionCall, reasoning, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';

const ownerId = 'ada';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let open: { close: () => Promise<void> } | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

function keep<T extends { close: () => Promise<void> }>(chatkit: T): T {
  open = chatkit;
  return chatkit;
}

async function post(chatkit: Pick<ChatKitServer, 'fetch'>, body: object, init: RequestInit = {}): Promise<Response> {
  return chatkit.fetch(new Request('http://chat.local/agent/chatkit', { ...init, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

async function* eventsOf(response: Response): AsyncGenerator<ThreadStreamEvent> {
  if (!response.body) throw new Error('The response has no body.');
  let rest = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + piece).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) yield JSON.parse(frame.replace(/^data: /, '')) as ThreadStreamEvent;
  }
}

async function stream(chatkit: Pick<ChatKitServer, 'fetch'>, type: string, params: object): Promise<ThreadStreamEvent[]> {
  const events: ThreadStreamEvent[] = [];
  const response = await post(chatkit, { type, params });
  expect(response.status).toBe(200);
  for await (const event of eventsOf(response)) events.push(event);
  return events;
}

const input = (message: string): object => ({ content: [{ type: 'input_text', text: message }], attachments: [], inference_options: {} });
const threadOf = (events: ThreadStreamEvent[]): string => {
  const created = events.find((event) => event.type === 'thread.created');
  if (!created) throw new Error('No thread was created.');
  return created.thread.id;
};

async function itemsOf(chatkit: Pick<ChatKitServer, 'fetch'>, threadId: string): Promise<ThreadItem[]> {
  const response = await post(chatkit, { type: 'items.list', params: { thread_id: threadId, order: 'asc' } });
  return ((await response.json()) as { data: ThreadItem[] }).data;
}

describe('an agent behind the ChatKit protocol', () => {
  it('answers, remembers, and keeps its thinking', async () => {
    await using local = await startLocalModel();
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local' }), { runner: local.runner }),
    }));
    local.server.reply(reasoning('Hm'), text(['Hel', 'lo']));
    local.server.reply(text('You are Ada.'));

    const first = await stream(chatkit, 'threads.create', { input: input('I am Ada') });
    const threadId = threadOf(first);
    expect(summary(first)).toEqual([
      'thread.created', 'done user_message', 'stream_options', 'added workflow', 'task.added 0 thought:Hm', 'task.updated 0 thought:Hm', 'done workflow',
      'added assistant_message', 'part.added 0', 'delta Hel', 'delta lo', 'part.done 0 Hello', 'done assistant_message Hello',
    ]);

    await stream(chatkit, 'threads.add_user_message', { thread_id: threadId, input: input('Who am I?') });
    expect(local.server.requests[1]?.input).toMatchObject([
      { role: 'user', content: [{ text: 'I am Ada' }] }, { role: 'assistant', content: [{ text: 'Hello' }] }, { role: 'user', content: [{ text: 'Who am I?' }] },
    ]);
    expect((await itemsOf(chatkit, threadId)).map((item) => item.type)).toEqual(['user_message', 'workflow', 'assistant_message', 'user_message', 'assistant_message']);
  });

  it('is stopped by a client that goes away, and what it said is kept', async () => {
    await using local = await startLocalModel();
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local' }), { runner: local.runner }),
    }));
    local.server.reply(text(['Once upon', new Promise(() => undefined)]));
    const controller = new AbortController();

    const response = await post(chatkit, { type: 'threads.create', params: { input: input('Tell me') } }, { signal: controller.signal });
    let threadId = '';
    for await (const event of eventsOf(response)) {
      if (event.type === 'thread.created') threadId = event.thread.id;
      if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta') break;
    }
    controller.abort();

    expect(await (await local.server.request(0)).closed).toBe('aborted');
    await expect.poll(async () => (await itemsOf(chatkit, threadId)).at(-1)).toMatchObject({ type: 'assistant_message', content: [{ text: 'Once upon' }] });
  });

  it('keeps what it said when the model fails in the middle', async () => {
    await using local = await startLocalModel();
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local' }), { runner: local.runner }),
    }));
    let fail: () => void = () => undefined;
    local.server.reply(text(['Once upon', new Promise<void>((resolve) => (fail = resolve))]), failure());

    const response = await post(chatkit, { type: 'threads.create', params: { input: input('Tell me') } });
    const events: ThreadStreamEvent[] = [];
    for await (const event of eventsOf(response)) {
      events.push(event);
      if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta') fail();
    }

    expect(events.at(-1)).toMatchObject({ type: 'error', allow_retry: true });
    expect((await itemsOf(chatkit, threadOf(events))).at(-1)).toMatchObject({ type: 'assistant_message', content: [{ text: 'Once upon' }] });
  });

  it('fails with an error that says nothing of its cause', async () => {
    await using local = await startLocalModel();
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local' }), { runner: local.runner }),
    }));
    local.server.refuse(401, 'Incorrect API key: sk-secret');

    const events = await stream(chatkit, 'threads.create', { input: input('Hi') });

    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
  });

  it('replies with typed data from its structured output', async () => {
    const schema = z.object({ total: z.number() });
    await using local = await startLocalModel();
    const responseTypes = defineResponseTypes({ bill: { schema, widget: ({ total }) => ({ type: 'Card', children: [{ type: 'Text', value: `Total ${String(total)}` }] }) } });
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }), responseTypes,
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', outputType: schema }), { runner: local.runner }),
    }));
    local.server.reply(text(['{"total"', ':12}']));

    const events = await stream(chatkit, 'threads.create', { input: input('Bill me') });

    expect(summary(events)).toEqual(['thread.created', 'done user_message', 'stream_options', 'done widget']);
    expect(JSON.stringify(events.at(-1))).toContain('Total 12');
  });
});

describe('a tool call that needs approval, behind the protocol', () => {
  it('is asked about with a card, decided by its button exactly once, and then run', async () => {
    await using local = await startLocalModel();
    const refunded: string[] = [];
    const refund = turnTool({
      name: 'refund', description: 'Refund', parameters: z.object({ bill: z.string() }), needsApproval: true,
      execute: ({ bill }, turn) => {
        refunded.push(`${bill} by ${turn.context.ownerId}`);
        return 'ok';
      },
    });
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent<Turn>({ name: 'A', model: 'gpt-local', tools: [refund] }), { runner: local.runner }),
    }));
    local.server.reply(functionCall('refund', { bill: 'b1' }));
    local.server.reply(text('Refunded.'));

    const first = await stream(chatkit, 'threads.create', { input: input('Refund b1') });
    const threadId = threadOf(first);
    const card = (await itemsOf(chatkit, threadId)).at(-1);
    const action = /\{"type":"chatkit\.approve","payload":\{[^}]*\}/.exec(JSON.stringify(card))?.[0];
    const click = { thread_id: threadId, item_id: card?.id, action: JSON.parse(`${String(action)}}`) as object };
    expect(refunded).toEqual([]);

    const second = await stream(chatkit, 'threads.custom_action', click);
    const again = await post(chatkit, { type: 'threads.custom_action', params: click });

    expect(refunded).toEqual(['b1 by ada']);
    expect(summary(second).at(-1)).toBe('done assistant_message Refunded.');
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(refunded).toHaveLength(1);
  });
});

describe('a tool of the page, behind the protocol', () => {
  it('is asked, answers, and the agent goes on', async () => {
    await using local = await startLocalModel();
    const pick = turnTool({ name: 'pick', description: 'Pick', parameters: z.object({}), execute: (_input, turn) => turn.callClientTool({ name: 'pick' }) });
    const chatkit = keep(createChatKit({
      store: memoryStore(), logger: silent, authenticate: async (_request: Request) => ({ ownerId }),
      respond: agentResponder(new Agent<Turn>({ name: 'A', model: 'gpt-local', tools: [pick], toolUseBehavior: { stopAtToolNames: ['pick'] } }), { runner: local.runner }),
    }));
    local.server.reply(reasoning('Where?'), functionCall('pick', {}, { callId: 'call_1' }));
    local.server.reply(reasoning('There.'), text('It is there.'));

    const first = await stream(chatkit, 'threads.create', { input: input('Where is it?') });
    const threadId = threadOf(first);
    expect(summary(first).at(-1)).toBe('done client_tool_call');
    const second = await stream(chatkit, 'threads.add_client_tool_output', { thread_id: threadId, result: { lat: 1 } });

    expect(summary(second)).toEqual([
      'stream_options', 'task.added 1 thought:There.', 'done workflow', 'added assistant_message', 'part.added 0', 'delta It is there.', 'part.done 0 It is there.',
      'done assistant_message It is there.',
    ]);
    expect(local.server.requests[1]?.input.slice(-2)).toMatchObject([{ type: 'function_call', call_id: 'call_1' }, { type: 'function_call_output', call_id: 'call_1' }]);
    expect((await itemsOf(chatkit, threadId)).filter((item) => item.type === 'workflow')).toHaveLength(1);
  });
});
