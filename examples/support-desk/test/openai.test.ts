import { functionCall, startModelServer, text, type ModelServer } from '@chatkit-selfhost/core/testing';
import { OpenAIResponsesModel } from '@openai/agents';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { streamedText, textInput, threadIdOf } from '../../../test/integration/client.ts';
import { TITLE_INSTRUCTIONS } from '../src/assistant.ts';
import type { ServedDesk } from '../src/serve-desk.ts';
import { buttonAction, clientOf, newest, STARTS_SLOWLY, TestDesks } from './test-desk.ts';

/** OpenAI's own client and model classes, against a local server that speaks the Responses API. */
const desks = new TestDesks();
let openai: ModelServer;
let desk: ServedDesk;
beforeAll(async () => {
  openai = await startModelServer();
  openai.onRequest(({ body, input }) => {
    if (body['instructions'] === TITLE_INSTRUCTIONS) return [text('A refund')];
    if (input.at(-1)?.['type'] === 'function_call_output') return [text(['It is ', 'done.'])];
    return [functionCall('refund', { order: 'A-9', amount: 250 })];
  });
  const model = new OpenAIResponsesModel(new OpenAI({ baseURL: openai.url, apiKey: 'test', maxRetries: 0 }), 'gpt-5-mini');
  desk = await desks.serve({ CHATKIT_DATA: await desks.newDataFolder() }, { model });
}, STARTS_SLOWLY);
afterAll(async () => {
  await desks.close();
  await openai.close();
});

it('a model of OpenAI gets the files, calls the tools, waits for the approval, and writes the title', async () => {
  const client = await clientOf(desk).start();
  const created = await client.call('attachments.create', { name: 'bill.txt', size: 4, mime_type: 'text/plain' });
  const { url, method, headers } = created.json['upload_descriptor'] as { url: string; method: string; headers: Record<string, string> };
  await fetch(url, { method, headers, body: 'A-9!' });
  const answer = await client.call('threads.create', { input: { ...(textInput('I want my money back') as object), attachments: [created.json['id']] } });
  const threadId = threadIdOf(answer);
  expect(openai.requests[0]?.input).toMatchObject([
    { role: 'user', content: [{ type: 'input_text', text: 'I want my money back' }, { type: 'input_file', filename: 'bill.txt', file_data: `data:text/plain;base64,${btoa('A-9!')}` }] },
  ]);
  expect((openai.requests[0]?.body['tools'] as { name: string }[]).map(({ name }) => name)).toEqual(['ask_ticket_details', 'open_ticket', 'refund']);

  const card = await newest(client, threadId, 'widget');
  const decided = await client.call('threads.custom_action', { thread_id: threadId, item_id: card.id, action: buttonAction(card, 'Approve') });
  expect(streamedText(decided.events)).toBe('It is done.');
  expect(openai.requests.at(-1)?.input.at(-1)).toMatchObject({ type: 'function_call_output', output: 'Refunded 250.00 for order A-9.' });
  expect((await client.call('threads.get_by_id', { thread_id: threadId })).json['title']).toBe('A refund');
});
