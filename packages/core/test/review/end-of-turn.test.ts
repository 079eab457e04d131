import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { defineResponseTypes } from '../../src/response/response-types.js';
import { authenticate, call, input, owner, quiet, threadOf } from './app.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
process.on('unhandledRejection', note);
afterEach(() => unhandled.splice(0));

describe('the end of a turn', () => {
  it.each<[string, () => unknown]>([
    ['throws', () => { throw new Error('the hook is broken'); }],
    ['rejects', async () => { throw new Error('the hook is broken'); }],
  ])('comes, and frees the thread, when hooks.error %s', async (_how, error) => {
    const store = memoryStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, hooks: { error }, respond: () => { throw new Error('internal'); } });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(await store.runs.getActive(owner, { threadId: threadOf(events) })).toBeNull();
    expect((await store.history.query(owner, {}))?.data[0]?.outcome).toBe('error');
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });

  it('comes when a response type cannot say its message', async () => {
    const store = memoryStore();
    const responseTypes = defineResponseTypes({ sum: { schema: z.object({ n: z.number() }), message: (): string => { throw new Error('no words'); } } });
    const chatkit = createChatKit({ store, authenticate, logger: quiet, responseTypes, respond: (turn) => turn.reply({ type: 'sum', data: { n: 1 } }) });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
    expect(await store.runs.getActive(owner, { threadId: threadOf(events) })).toBeNull();
    expect((await store.history.query(owner, {}))?.data[0]).toMatchObject({ outcome: 'error', structuredData: { n: 1 } });
  });

  it('comes when a reply has data without a JSON form: the responder is told', async () => {
    const store = memoryStore();
    const responseTypes = defineResponseTypes({ big: { schema: z.object({ n: z.string().transform((text) => BigInt(text)) }) } });
    let told: unknown;
    const chatkit = createChatKit({
      store, authenticate, logger: quiet, responseTypes,
      respond: async (turn) => {
        told = await turn.reply({ type: 'big', data: { n: '1' } }).catch((error: unknown) => error);
        await turn.sendText('Sorry.');
      },
    });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(told).toBeInstanceOf(TypeError);
    expect((await store.history.query(owner, {}))?.data[0]).toMatchObject({ outcome: 'completed', agentResponse: 'Sorry.', responseType: 'text' });
    expect(await store.runs.getActive(owner, { threadId: threadOf(events) })).toBeNull();
  });

  it('is not at once when turns may take for ever', async () => {
    const chatkit = createChatKit({
      store: memoryStore(), authenticate, logger: quiet, limits: { turnTimeoutMs: Infinity },
      async *respond() {
        await new Promise((resolve) => setTimeout(resolve, 30));
        yield 'here';
      },
    });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(events.filter((event) => event.type === 'error')).toEqual([]);
  });

  it('stores text that was released at the end of a message whose own write fails', async () => {
    const store = memoryStore();
    let fails = true;
    const threads = {
      ...store.threads,
      write: vi.fn<typeof store.threads.write>(async (scope, change) => {
        if (fails && change.put?.some((item) => item.type === 'assistant_message')) {
          fails = false;
          throw new Error('lost for a moment');
        }
        return store.threads.write(scope, change);
      }),
    };
    const responseTypes = defineResponseTypes({ sum: { schema: z.object({ n: z.number() }) } });
    const chatkit = createChatKit({ store: { ...store, threads }, authenticate, logger: quiet, responseTypes, async *respond() { yield 'An example:\n{"x": 1}'; } });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    const items = await store.threads.listItems(owner, { threadId: threadOf(events), order: 'asc' });
    expect(items?.data.at(-1)).toMatchObject({ type: 'assistant_message', content: [{ text: 'An example:\n{"x": 1}' }] });
  });
});

it('shows no raw JSON of a part of a message that comes in one piece', async () => {
  const responseTypes = defineResponseTypes({ sum: { schema: z.object({ n: z.number() }), message: ({ n }) => `It is ${String(n)}.` } });
  const text = '{"type":"sum","n":3}';
  const chatkit = createChatKit({
    store: memoryStore(), authenticate, logger: quiet, responseTypes,
    async *respond(turn) {
      const id = turn.newId('message');
      const content = { type: 'output_text' as const, text, annotations: [] };
      yield { type: 'thread.item.added', item: { type: 'assistant_message', id, content: [] } };
      yield { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.done', content_index: 0, content } };
      yield { type: 'thread.item.done', item: { type: 'assistant_message', id, content: [content] } };
    },
  });
  const { events } = await call(chatkit, 'threads.create', { input: input('add') });
  expect(JSON.stringify(events)).not.toContain('\\"n\\"');
  expect(JSON.stringify(events)).toContain('It is 3.');
});

describe('the log', () => {
  it('has the place of an unexpected error, never its message', async () => {
    const error = vi.fn();
    const chatkit = createChatKit({
      store: memoryStore(), authenticate, logger: { ...quiet, error },
      respond: () => { throw new TypeError('the secret of Ada\n    at secret (x.ts:1:1)\nmore secrets'); },
    });
    await call(chatkit, 'threads.create', { input: input('hi') });
    expect(error).toHaveBeenCalledOnce();
    const logged = JSON.stringify(error.mock.calls);
    expect(logged).not.toContain('secret');
    expect(logged).toContain('TypeError');
    expect(logged).toContain('end-of-turn.test.ts');
  });
});

it('is an error, not a success, when a workflow that another one replaces cannot be stored', async () => {
  const store = memoryStore();
  const threads: typeof store.threads = {
    ...store.threads,
    write: async (scope, change) => {
      if (change.put?.some((item) => item.type === 'workflow')) throw new Error('away for a moment');
      return store.threads.write(scope, change);
    },
  };
  const chatkit = createChatKit({
    store: { ...store, threads }, authenticate, logger: quiet,
    respond: async (turn) => {
      turn.startWorkflow().addTask({ type: 'custom', title: 'one', status_indicator: 'none' });
      turn.startWorkflow();
      await turn.sendText('done');
    },
  });
  const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
});
