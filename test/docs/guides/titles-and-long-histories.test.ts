import { scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/titles-and-long-histories.js';
import { serveGuide } from './serve-guide.js';

it('a thread gets a title from a small model, and a long one is summarised for the large one', async () => {
  const turns = 24;
  const model = scriptedModel(Array.from({ length: turns }, (_, index) => [text(`Answer ${String(index)}`)]));
  const smallModel = scriptedModel([[text('Counting to many')], ...Array.from({ length: turns }, () => [text('They counted.')])]);
  await using guide = await serveGuide(createAssistant({ model, smallModel }));
  const client = await guide.newClient();
  const { threadId } = await client.createThread('Question 0');
  for (let index = 1; index < turns; index++) await client.say(threadId, `Question ${String(index)}`);

  expect((await client.call('threads.get_by_id', { thread_id: threadId })).json['title']).toBe('Counting to many');
  const input = model.calls.at(-1)?.input as { role: string; content: unknown }[];
  expect(input[0]).toEqual({ role: 'system', content: 'Summary of the conversation so far:\nThey counted.' });
  expect(input.length).toBeLessThanOrEqual(41);
  expect(JSON.stringify(input)).not.toContain('Question 0');
  expect(JSON.stringify(input.at(-1))).toContain(`Question ${String(turns - 1)}`);
  expect(JSON.stringify(smallModel.calls[1]?.input)).toContain('user: Question 0');
  // One for the title, one for the summary: a summary is made once and used again.
  expect(smallModel.calls).toHaveLength(2);
});
