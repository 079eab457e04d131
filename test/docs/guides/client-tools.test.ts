import { functionCall, scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/client-tools.js';
import { streamedText } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

it('the page’s answer reaches the model as the result of its call', async () => {
  const model = scriptedModel([[functionCall('get_cart', {}, { callId: 'call_1' })], [text('Two kettles.')]]);
  await using guide = await serveGuide(createAssistant(model));
  const client = await guide.newClient();
  const { answer, threadId } = await client.createThread('What is in my cart?');
  expect(answer.events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { type: 'client_tool_call', name: 'get_cart', status: 'pending' } });
  const { events } = await client.call('threads.add_client_tool_output', { thread_id: threadId, result: { kettles: 2 } });
  expect(streamedText(events)).toBe('Two kettles.');
  expect(model.calls[1]?.input).toMatchObject([
    { role: 'user' }, { type: 'function_call', callId: 'call_1', name: 'get_cart' }, { type: 'function_call_result', callId: 'call_1', output: '{"kettles":2}' },
  ]);
});

it('a page that never answers breaks nothing: the next message is answered, without the call', async () => {
  const model = scriptedModel([[functionCall('get_cart', {})], [text('Hello again.')]]);
  await using guide = await serveGuide(createAssistant(model));
  const client = await guide.newClient();
  const { threadId } = await client.createThread('What is in my cart?');
  expect(streamedText((await client.say(threadId, 'Hello?')).events)).toBe('Hello again.');
  expect(JSON.stringify(model.calls[1]?.input)).not.toContain('function_call');
});
