import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { ChatKitError, type ApprovalOptions, type Item, type Responder, type Store, type Trigger } from '../../src/index.js';
import { chatServer, owner, type ChatServer } from './chat-server.js';

interface Asked {
  node: ChatServer;
  other: ChatServer;
  threadId: string;
  card: Item<'widget'>;
  triggers: Trigger[];
  store: Store;
  /** What the app does from now on; null: as it did. */
  respond: Responder | null;
}

/** Two nodes of one app; on the first, a turn has asked for an approval. */
async function asked({ store = memoryStore(), ...options }: { store?: Store; approvals?: ApprovalOptions } = {}): Promise<Asked> {
  const triggers: Trigger[] = [];
  const respond: Responder = async (turn) => {
    triggers.push(turn.trigger);
    if (given.respond) await given.respond(turn);
    else if (turn.trigger.type === 'message') await turn.requestApproval({ title: 'Pay?', details: { amount: 5 }, state: 'state of the agent' });
    else await turn.sendText('decided');
  };
  const [node, other] = [chatServer({ store, respond, ...options }), chatServer({ store, respond, ...options })];
  const given: Pick<Asked, 'respond'> = { respond: null };
  const { threadId } = await node.create('pay');
  const card = (await node.items(threadId)).find((item) => item.type === 'widget');
  if (!card) throw new Error('Nothing was asked.');
  return Object.assign(given, { node, other, threadId, card, triggers, store });
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

  it('can\'t be decided again later', async () => {
    const given = await asked();
    await given.node.call(...click(given, 'approve'));
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 409, json: { code: 'approval_decided' } });
    expect(await given.store.runs.getActive(owner, { threadId: given.threadId })).toBeNull();
  });

  it('can\'t be decided without its card', async () => {
    const given = await asked();
    const [type, params] = click(given, 'approve');
    expect(await given.node.call(type, { ...params, item_id: undefined })).toMatchObject({ status: 400, json: { path: 'params.item_id' } });
    expect(given.triggers.some((trigger) => trigger.type === 'approval')).toBe(false);
  });

  it('goes with its card when the answer is tried again', async () => {
    const given = await asked();
    const [message] = await given.node.items(given.threadId);
    given.respond = (turn) => void turn.sendText('Something else');
    await given.node.call('threads.retry_after_item', { thread_id: given.threadId, item_id: message?.id });
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 404 });
    expect(given.triggers.some((trigger) => trigger.type === 'approval')).toBe(false);
  });

  it('is withdrawn by a new message, and its card says so', async () => {
    const given = await asked();
    given.respond = (turn) => void turn.sendText('Ok, cancelled.');
    const { events } = await given.other.say(given.threadId, 'No, forget it');
    expect(events.find((event) => event.type === 'thread.item.replaced')).toMatchObject({ item: { id: given.card.id, widget: { status: { text: 'Withdrawn' } } } });
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 409 });
    expect(given.triggers.some((trigger) => trigger.type === 'approval')).toBe(false);
    expect(JSON.stringify(await given.node.items(given.threadId))).not.toContain('approval_id');
    const id = /apr_[0-9a-f]+/.exec(JSON.stringify(given.card))?.[0] ?? '';
    expect(await given.store.runs.claimApproval(owner, { id })).toBeNull();
  });

  it('can\'t be decided after a new message, however much was shown before that', async () => {
    const given = await asked();
    for (let index = 0; index < 120; index += 1) {
      const note = { type: 'assistant_message' as const, id: `msg_note_${String(index)}`, thread_id: given.threadId, created_at: given.card.created_at, content: [] };
      await given.store.threads.write(owner, { threadId: given.threadId, put: [note] });
    }
    given.respond = (turn) => void turn.sendText('Ok, cancelled.');
    await given.node.say(given.threadId, 'No, forget it');
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 409, json: { code: 'approval_withdrawn' } });
  });

  it('stays open after a new message where the app wants that', async () => {
    const given = await asked({ approvals: { onNewMessage: 'keep' } });
    given.respond = (turn) => void turn.sendText('Yes?');
    await given.node.say(given.threadId, 'Wait');
    given.respond = null;
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 200 });
    expect(given.triggers.at(-1)).toMatchObject({ type: 'approval', approved: true });
  });

  it('has a lifetime, by the clock of the store', async () => {
    let time = Date.parse('2026-01-01T00:00:00Z');
    const given = await asked({ approvals: { lifetimeMs: 60_000 }, store: memoryStore({ now: () => time }) });
    time += 61_000;
    expect(await given.node.call(...click(given, 'approve'))).toMatchObject({ status: 409, json: { code: 'approval_decided' } });
    expect(() => chatServer({ respond: () => undefined, approvals: { lifetimeMs: 0 } })).toThrow('approvals.lifetimeMs must be a positive number.');
  });

  it('leaves a card that says so, when what was stored can no longer be gone on with', async () => {
    const given = await asked();
    given.respond = () => {
      throw new ChatKitError({ code: 'approval_outdated', message: 'Please ask again.', status: 409 });
    };
    const { events } = await given.node.call(...click(given, 'approve'));
    expect(events.at(-1)).toMatchObject({ type: 'error', message: 'Please ask again.' });
    expect((await given.node.items(given.threadId)).find(({ id }) => id === given.card.id)).toMatchObject({ widget: { status: { text: 'Outdated' } } });
  });

  it('belongs to its thread and its card', async () => {
    const given = await asked();
    const elsewhere = await given.node.create('pay');
    const [type, params] = click(given, 'approve');
    expect(await given.node.call(type, { ...params, thread_id: elsewhere.threadId })).toMatchObject({ status: 404 });
    const otherCard = (await given.node.items(elsewhere.threadId)).find((item) => item.type === 'widget');
    expect(await given.node.call(type, { ...params, thread_id: elsewhere.threadId, item_id: otherCard?.id })).toMatchObject({ status: 409 });
    expect(given.triggers.filter(({ type: kind }) => kind === 'approval')).toEqual([]);
  });

  it('needs an id', async () => {
    const { node, threadId } = await asked();
    expect(await node.call('threads.custom_action', { thread_id: threadId, action: { type: 'chatkit.approve' } })).toMatchObject({ status: 400, json: { path: 'params.action.payload.approval_id' } });
  });
});
