import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import type { Item, Responder, Store, Trigger } from '../../src/index.js';
import { chatServer, owner, type ChatServer } from './chat-server.js';

interface Asked { node: ChatServer; other: ChatServer; threadId: string; card: Item<'widget'>; triggers: Trigger[]; store: Store }

/** Two nodes of one app; on the first, a turn has asked for an approval. */
async function asked(): Promise<Asked> {
  const store = memoryStore();
  const triggers: Trigger[] = [];
  const respond: Responder = async (turn) => {
    triggers.push(turn.trigger);
    if (turn.trigger.type === 'message') await turn.requestApproval({ title: 'Pay?', details: { amount: 5 }, state: 'state of the agent' });
    else await turn.sendText('decided');
  };
  const [node, other] = [chatServer({ store, respond }), chatServer({ store, respond })];
  const { threadId } = await node.create('pay');
  const card = (await node.items(threadId)).find((item) => item.type === 'widget');
  if (!card) throw new Error('Nothing was asked.');
  return { node, other, threadId, card, triggers, store };
}

function click({ threadId, card }: Asked, button: 'approve' | 'reject', extra: object = {}): [string, object] {
  const approvalId = /"approval_id":"(apr_[0-9a-f]+)"/.exec(JSON.stringify(card))?.[1];
  return ['threads.custom_action', { thread_id: threadId, item_id: card.id, action: { type: `chatkit.${button}`, payload: { approval_id: approvalId, ...extra } } }];
}

describe('an approval', () => {
  it('goes on with its state on any node, and the card says what was decided', async () => {
    const given = await asked();
    const { status, events } = await given.other.call(...click(given, 'approve'));
    expect(status).toBe(200);
    expect(given.triggers.at(-1)).toEqual({ type: 'approval', approved: true, state: 'state of the agent' });
    expect(events.find((event) => event.type === 'thread.item.replaced')).toMatchObject({ item: { id: given.card.id, widget: { status: { text: 'Approved' } } } });
    expect(JSON.stringify((await given.node.items(given.threadId)).find(({ id }) => id === given.card.id))).not.toContain('approval_id');
  });

  it('may be refused, with a note', async () => {
    const given = await asked();
    await given.node.call(...click(given, 'reject', { note: 'too much' }));
    expect(given.triggers.at(-1)).toEqual({ type: 'approval', approved: false, state: 'state of the agent', note: 'too much' });
  });

  it('is decided exactly once, when it is clicked on two nodes at the same time', async () => {
    const given = await asked();
    const answers = await Promise.all([given.node.call(...click(given, 'approve')), given.other.call(...click(given, 'reject')), given.other.call(...click(given, 'approve'))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(given.triggers.filter(({ type }) => type === 'approval')).toHaveLength(1);
  });

  it('can\'t be decided again later, not even without its card', async () => {
    const given = await asked();
    await given.node.call(...click(given, 'approve'));
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 409, json: { code: 'approval_decided' } });
    const [type, params] = click(given, 'approve');
    expect(await given.node.call(type, { ...params, item_id: undefined })).toMatchObject({ status: 409, json: { code: 'approval_decided' } });
    expect(await given.store.runs.getActive(owner, { threadId: given.threadId })).toBeNull();
  });

  it('works without naming the card', async () => {
    const given = await asked();
    const [type, params] = click(given, 'approve');
    expect(await given.node.call(type, { ...params, item_id: undefined })).toMatchObject({ status: 200 });
    expect(given.triggers.at(-1)).toMatchObject({ type: 'approval' });
  });

  it('belongs to its thread and its card', async () => {
    const given = await asked();
    const elsewhere = await given.node.create('pay');
    const [type, params] = click(given, 'approve');
    expect(await given.node.call(type, { ...params, thread_id: elsewhere.threadId, item_id: undefined })).toMatchObject({ status: 409 });
    const otherCard = (await given.node.items(elsewhere.threadId)).find((item) => item.type === 'widget');
    expect(await given.node.call(type, { ...params, thread_id: elsewhere.threadId, item_id: otherCard?.id })).toMatchObject({ status: 409 });
    expect(given.triggers.filter(({ type: kind }) => kind === 'approval')).toEqual([]);
  });

  it('needs an id', async () => {
    const { node, threadId } = await asked();
    expect(await node.call('threads.custom_action', { thread_id: threadId, action: { type: 'chatkit.approve' } })).toMatchObject({ status: 400, json: { path: 'params.action.payload.approval_id' } });
  });
});
