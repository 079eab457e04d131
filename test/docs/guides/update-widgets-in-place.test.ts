import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatkit } from '../../../docs/guides/update-widgets-in-place.js';
import { serveGuide, type ServedGuide } from './serve-guide.js';

let guide: ServedGuide;
beforeAll(async () => {
  guide = await serveGuide(chatkit);
});
afterAll(() => guide[Symbol.asyncDispose]());

it('text grows inside a widget by what is new, and a widget changes after it was sent', async () => {
  const client = await guide.newClient();
  const { answer, threadId } = await client.createThread('story');
  const updates = answer.events.flatMap((event) => (event.type === 'thread.item.updated' ? [event.update] : []));
  const deltas = updates.flatMap((update) => (update.type === 'widget.streaming_text.value_delta' ? [update.delta] : []));
  expect(deltas.filter((delta) => delta !== '')).toEqual(['Once ', 'upon ', 'a ', 'time']);
  expect(updates.at(-1)).toMatchObject({ type: 'widget.root.updated', widget: { children: [{ value: 'Done' }] } });
  const widgets = (await client.items(threadId)).filter((item) => item['type'] === 'widget').map((item) => JSON.stringify(item['widget']));
  expect(widgets).toEqual([expect.stringContaining('Once upon a time'), expect.stringContaining('Done')]);
});

it('a click replaces the clicked widget, with a stream or at once', async () => {
  const client = await guide.newClient();
  const { threadId } = await client.createThread('poll');
  const widget = async () => (await client.items(threadId)).find((item) => item['type'] === 'widget') as { id: string };
  const { id } = await widget();
  const voted = await client.call('threads.custom_action', { thread_id: threadId, item_id: id, action: { type: 'vote', payload: { votes: 0 } } });
  expect(voted.events).toContainEqual(expect.objectContaining({ type: 'thread.item.replaced', item: expect.objectContaining({ id }) as unknown }));
  expect(JSON.stringify(await widget())).toContain('1 votes');
  const reset = await client.call('threads.sync_custom_action', { thread_id: threadId, item_id: id, action: { type: 'reset' } });
  expect(JSON.stringify(reset.json)).toContain('0 votes');
  expect(JSON.stringify(await widget())).toContain('0 votes');
});
