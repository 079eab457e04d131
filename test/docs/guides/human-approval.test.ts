import { functionCall, scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/human-approval.js';
import { streamedText, TestClient } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

it('the call waits for a yes, which may come to another node, and runs once', async () => {
  const store = memoryStore();
  const paid: unknown[] = [];
  const pay = async (refund: unknown) => void paid.push(refund);
  const calling = scriptedModel([[functionCall('refund', { bill: 'b1', amount: 500 }, { callId: 'call_1' })]]);
  await using first = await serveGuide(createAssistant({ store, model: calling, pay }));
  await using second = await serveGuide(createAssistant({ store, model: scriptedModel([[text('Done.')]]), pay }));
  const client = await first.newClient();
  const { answer, threadId } = await client.createThread('Pay b1 back');
  const [card] = answer.events.flatMap((event) => (event.type === 'thread.item.done' && event.item.type === 'widget' ? [event.item] : []));
  expect(JSON.stringify(card)).toContain('May I refund?');
  expect(paid).toEqual([]);

  const elsewhere = new TestClient(second.url);
  elsewhere.headers = client.headers;
  const approvalId = /"approval_id":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
  const approve = () => elsewhere.call('threads.custom_action', { thread_id: threadId, item_id: card?.id, action: { type: 'chatkit.approve', payload: { approval_id: approvalId } } });
  expect(streamedText((await approve()).events)).toBe('Done.');
  expect((await approve()).status).toBe(409);
  expect(paid).toEqual([{ key: 'call_1', bill: 'b1', amount: 500 }]);
});

it('a small amount needs no yes', async () => {
  const paid: unknown[] = [];
  const model = scriptedModel([[functionCall('refund', { bill: 'b2', amount: 5 })], [text('Done.')]]);
  await using guide = await serveGuide(createAssistant({ store: memoryStore(), model, pay: async (refund) => void paid.push(refund) }));
  await (await guide.newClient()).createThread('Pay b2 back');
  expect(paid).toMatchObject([{ bill: 'b2', amount: 5 }]);
});
