import { functionCall, scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/use-your-agents-code.js';
import { streamedText } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

it('handoffs and tools of the SDK run as they are, and the answer streams', async () => {
  const model = scriptedModel([
    [functionCall('transfer_to_Forecaster', {})], [functionCall('get_weather', { city: 'Oslo' })], [text(['Sunny in ', 'Oslo.'])], [text('It still is.')],
  ]);
  await using guide = await serveGuide(createAssistant(model));
  const client = await guide.newClient();
  const { answer, threadId } = await client.createThread('Weather in Oslo?');
  expect(streamedText(answer.events)).toBe('Sunny in Oslo.');
  expect(answer.events).toContainEqual({ type: 'notice', level: 'info', message: 'Answered by Forecaster.' });
  expect(JSON.stringify(model.calls[2]?.input)).toContain('It is sunny in Oslo.');
  await client.say(threadId, 'And now?');
  expect(JSON.stringify(model.calls[3]?.input)).toContain('Sunny in Oslo.');
});
