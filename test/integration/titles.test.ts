import { createServer } from 'node:http';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit, type TurnInfo } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { readFrames, streamedText, TestClient, textInput } from './client.js';
import { listen, type Served } from './serve.js';

const open: Served[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function start(titles: (turn: TurnInfo) => Promise<string>) {
  const errors: unknown[] = [];
  const chatkit = createChatKit({
    store: memoryStore(), logger: quiet, titles,
    hooks: { error: (error) => errors.push(error) },
    async *respond({ userText }) {
      yield `You said: ${userText}`;
    },
  });
  const served = await listen(createServer(express().use('/agent', chatkitRouter(chatkit))));
  open.push(served);
  return { errors, client: await new TestClient(served.url).start() };
}

const titleOf = async (client: TestClient, threadId: string): Promise<unknown> => (await client.call('threads.get_by_id', { thread_id: threadId })).json['title'];

describe('titles', () => {
  it('are given once, at the end of the first turn, without blanks around them', async () => {
    let calls = 0;
    const { client } = await start(async ({ thread }) => {
      calls++;
      return `  About ${thread.id}\n`;
    });
    const { threadId, answer } = await client.createThread('hello');
    expect(answer.events.at(-1)).toMatchObject({ type: 'thread.updated', thread: { title: `About ${threadId}` } });
    await client.say(threadId, 'more');
    expect(calls).toBe(1);
    expect(await titleOf(client, threadId)).toBe(`About ${threadId}`);
  });

  it('that can’t be made leave the answer whole: the app is told, the next turn tries again', async () => {
    let calls = 0;
    const { client, errors } = await start(async () => {
      if (++calls === 1) throw new Error('The model is away.');
      return 'At last';
    });
    const { threadId, answer } = await client.createThread('hello');
    expect(answer.events.some((event) => event.type === 'error')).toBe(false);
    expect(streamedText(answer.events)).toBe('You said: hello');
    expect(errors).toEqual([new Error('The model is away.')]);
    expect((await client.get('/history')).json['data']).toMatchObject([{ response: { type: 'text', message: 'You said: hello' } }]);
    await client.say(threadId, 'more');
    expect(await titleOf(client, threadId)).toBe('At last');
  });

  it('that never come do not hold the thread once the turn is stopped', async () => {
    const { client } = await start(() => new Promise(() => undefined));
    const response = await client.open('threads.create', { input: textInput('hello') });
    const runId = response.headers.get('x-chatkit-run-id') ?? '';
    let threadId = '';
    for await (const { event } of readFrames(response)) {
      if (event.type === 'thread.created') threadId = event.thread.id;
      if (event.type === 'thread.item.done' && event.item.type === 'assistant_message') await client.post(`/runs/${runId}/cancel`, {});
    }
    expect((await client.get(`/runs?thread_id=${threadId}`)).json['run']).toBeNull();
    expect(JSON.stringify(await client.items(threadId))).toContain('You said: hello');
  });

  it('that are empty are not given', async () => {
    const { client } = await start(async () => ' ');
    const { threadId, answer } = await client.createThread('hello');
    expect(answer.events.some((event) => event.type === 'thread.updated')).toBe(false);
    expect(await titleOf(client, threadId)).toBeUndefined();
  });
});
