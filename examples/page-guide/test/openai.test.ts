import { functionCall, startModelServer, text, type ModelServer } from '@chatkit-selfhost/core/testing';
import { OpenAIResponsesModel } from '@openai/agents';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { streamedText, TestClient, threadIdOf } from '../../../test/integration/client.ts';
import type { Served } from '../../../test/integration/serve.ts';
import { serveGuide } from './serve-guide.ts';

/** OpenAI's own client and model classes, against a local server that speaks the Responses API. */
let openai: ModelServer;
let guide: Served;
beforeAll(async () => {
  openai = await startModelServer();
  guide = await serveGuide(new OpenAIResponsesModel(new OpenAI({ baseURL: openai.url, apiKey: 'test', maxRetries: 0 }), 'gpt-5-mini'));
});
afterAll(async () => {
  await guide.close();
  await openai.close();
});

it('a model of OpenAI is told of the mention, plans, marks a trail on the page, asks the page and cites', async () => {
  openai.onRequest(({ input }) => {
    const calls = input.filter((item) => item['type'] === 'function_call').map((item) => item['name']);
    if (calls.includes('get_selection')) return [text(['You have selected a mill. ', 'Try Mill Path.'])];
    if (calls.includes('highlight')) return [functionCall('get_selection', {})];
    return calls.includes('plan_day') ? [functionCall('highlight', { trail: 'mill-path' })] : [functionCall('plan_day', { hours: 2 })];
  });
  const client = await new TestClient(`${guide.url}/agent`).start();
  const mention = { type: 'input_tag', id: 'mill-path', text: 'Mill Path', group: 'Trails', interactive: true, data: {} };
  const asked = await client.call('threads.create', { input: { content: [{ type: 'input_text', text: 'Is it something like ' }, mention], attachments: [], inference_options: {} } });
  expect(JSON.stringify(openai.requests[0]?.input)).toContain('Mentioned trail: Mill Path: 4 km');
  expect(asked.events).toContainEqual({ type: 'client_effect', name: 'highlight', data: { trail: 'mill-path' } });
  expect(asked.events.map((event) => ('item' in event ? event.item.type : event.type))).toContain('workflow');
  expect(asked.events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { type: 'client_tool_call', name: 'get_selection', status: 'pending' } });

  const threadId = threadIdOf(asked);
  const answered = await client.call('threads.add_client_tool_output', { thread_id: threadId, result: { text: 'a mill', trail: 'mill-path' } });
  expect(streamedText(answered.events)).toBe('You have selected a mill. Try Mill Path.');
  expect(openai.requests.at(-1)?.input.at(-1)).toMatchObject({ type: 'function_call_output', output: expect.stringContaining('a mill') as unknown });
  const message = (await client.items(threadId)).findLast((item) => item['type'] === 'assistant_message');
  expect(message).toMatchObject({ content: [{ annotations: [{ source: { type: 'entity', id: 'mill-path' } }] }] });
});
