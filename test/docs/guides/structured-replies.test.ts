import { functionCall, scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/structured-replies.js';
import { serveGuide } from './serve-guide.js';

const lines = [{ name: 'Tea', price: 4 }, { name: 'Cake', price: 5.5 }];
const model = () => scriptedModel([[functionCall('write_bill', { customer: 'Ada', lines })], [text('Here you are.')]]);

it('a client of the simple API gets the data, typed by its name', async () => {
  await using guide = await serveGuide(createAssistant(model()));
  const { json } = await (await guide.newClient()).post('/chat', { message: 'A bill for Ada' });
  expect(json).toMatchObject({ type: 'bill', message: 'Here you are.', structured_data: { customer: 'Ada', lines, total: 9.5 } });
});

it('a ChatKit thread shows the widget', async () => {
  await using guide = await serveGuide(createAssistant(model()));
  const client = await guide.newClient();
  const { threadId } = await client.createThread('A bill for Ada');
  const items = await client.items(threadId);
  expect(items.map((item) => item['type'])).toEqual(['user_message', 'widget', 'assistant_message']);
  expect(JSON.stringify(items[1])).toContain('"value":"9.50"');
});
