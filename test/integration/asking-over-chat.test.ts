import { createServer } from 'node:http';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit, type Turn } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { TestClient } from './client.js';
import { listen, type Served } from './serve.js';

let served: Served | null = null;
afterEach(() => served?.close());

async function ask(respond: (turn: Turn) => Promise<void>): Promise<Record<string, unknown>> {
  const chatkit = createChatKit({ store: memoryStore(), respond });
  served = await listen(createServer(express().use('/agent', chatkitRouter(chatkit))));
  return (await (await new TestClient(served.url).start()).post('/chat', { message: 'hello' })).json;
}

it('gives the questions as the message while the user is asked', async () => {
  const answer = await ask((turn) =>
    turn.askUser([
      { type: 'freeform', id: 'what', question: 'What happened?' },
      { type: 'multiple_choice', id: 'size', question: 'How bad is it?', options: [{ value: 'Very' }] },
    ]),
  );
  expect(answer).toMatchObject({ type: 'text', message: 'What happened?\nHow bad is it?' });
});

it('gives the title of a request for approval as the message', async () => {
  expect(await ask((turn) => turn.requestApproval({ title: 'Refund 200?', state: '{}' }))).toMatchObject({ type: 'text', message: 'Refund 200?' });
});

it('keeps what was said beside a question', async () => {
  const answer = await ask(async (turn) => {
    await turn.sendText('One more thing.');
    await turn.askUser([{ type: 'freeform', id: 'what', question: 'What happened?' }]);
  });
  expect(answer).toMatchObject({ message: 'One more thing.\n\nWhat happened?' });
});
