import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import type { Turn } from '../../src/app-types.js';
import { authenticate, call, input, owner, quiet, threadOf } from './app.js';

const key = { 'idempotency-key': 'k1' };

function app(respond: (turn: Turn) => unknown, options: Partial<Parameters<typeof createChatKit>[0]> = {}) {
  const store = memoryStore();
  return { store, chatkit: createChatKit({ store, authenticate, logger: quiet, respond: respond as never, ...options } as Parameters<typeof createChatKit>[0]) };
}

describe('a request that is repeated with its key', () => {
  it('gets the events of the run that took the tool result, though nothing waits for one any more', async () => {
    const { chatkit } = app((turn) => (turn.trigger.type === 'client_tool_output' ? turn.sendText('Thanks.').then(() => undefined) : turn.callClientTool({ name: 'look' })));
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('hi') })).events);
    const params = { thread_id: threadId, result: { n: 1 } };
    const first = await call(chatkit, 'threads.add_client_tool_output', params, key);
    const again = await call(chatkit, 'threads.add_client_tool_output', params, key);
    expect(first.status).toBe(200);
    expect(again).toEqual(first);
    expect((await call(chatkit, 'threads.add_client_tool_output', params)).status).toBe(409);
  });

  it('gets the events of the run that took the answer to a question', async () => {
    const { chatkit, store } = app((turn) =>
      turn.trigger.type === 'structured_input' ? turn.sendText('Noted.').then(() => undefined) : turn.askUser([{ type: 'freeform', id: 'why', question: 'Why?' }]));
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('hi') })).events);
    const [question] = (await store.threads.listItems(owner, { threadId, limit: 1 }))?.data ?? [];
    const params = { thread_id: threadId, item_id: question?.id, input: { status: 'answered', answers: { why: { values: ['so'] } } } };
    const first = await call(chatkit, 'threads.add_structured_input', params, key);
    expect(first.status).toBe(200);
    expect(await call(chatkit, 'threads.add_structured_input', params, key)).toEqual(first);
  });

  it('gets the thread that it made, though its attachments are bound to that now', async () => {
    const { chatkit, store } = app((turn) => turn.sendText('Seen.').then(() => undefined));
    await store.threads.putAttachment(owner, { type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain' });
    const params = { input: input('look', ['atc_1']) };
    const first = await call(chatkit, 'threads.create', params, key);
    expect(first.status).toBe(200);
    expect(await call(chatkit, 'threads.create', params, key)).toEqual(first);
    expect((await call(chatkit, 'threads.create', params)).status).toBe(404);
  });

  it('is refused when the key was used in another conversation, whose events are not shown', async () => {
    const { chatkit } = app((turn) => turn.sendText(turn.userText).then(() => undefined));
    const one = threadOf((await call(chatkit, 'threads.create', { input: input('one') })).events);
    const other = threadOf((await call(chatkit, 'threads.create', { input: input('other') })).events);
    expect((await call(chatkit, 'threads.add_user_message', { thread_id: one, input: input('again') }, key)).status).toBe(200);
    const reused = await call(chatkit, 'threads.add_user_message', { thread_id: other, input: input('again') }, key);
    expect([reused.status, reused.json['code']]).toEqual([409, 'idempotency_key_reused']);
  });

  it('can use the key of a first try that was refused, and leaves nothing of the look for it', async () => {
    const { chatkit, store } = app((turn) => (turn.message ? turn.callClientTool({ name: 'look' }) : turn.sendText('Thanks.').then(() => undefined)));
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('hi') })).events);
    expect((await call(chatkit, 'threads.add_structured_input', { thread_id: threadId, item_id: 'none', input: { status: 'skipped', answers: {} } }, key)).status).toBe(404);
    expect(await store.runs.getActive(owner, { threadId })).toBeNull();
    expect((await call(chatkit, 'threads.add_client_tool_output', { thread_id: threadId, result: 1 }, key)).status).toBe(200);
  });
});

describe('an approval', () => {
  async function asked() {
    let states: string[] = [];
    const { chatkit, store } = app(async (turn) => {
      if (turn.trigger.type === 'approval') states = [...states, turn.trigger.state];
      else if (turn.userText === 'ask') await turn.requestApproval({ title: 'Really?', state: 'what to do' });
    });
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('ask') })).events);
    const other = threadOf((await call(chatkit, 'threads.create', { input: input('other') })).events);
    const [card] = (await store.threads.listItems(owner, { threadId, limit: 1 }))?.data ?? [];
    const id = /apr_[0-9a-f]+/.exec(JSON.stringify(card))?.[0];
    const action = { type: 'chatkit.approve', payload: { approval_id: id } };
    return { chatkit, store, threadId, other, card, action, states: () => states };
  }

  it('is not used up by a click that names another conversation', async () => {
    const { chatkit, threadId, other, card, action, states } = await asked();
    expect((await call(chatkit, 'threads.custom_action', { thread_id: other, item_id: card?.id, action })).status).toBe(404);
    expect((await call(chatkit, 'threads.custom_action', { thread_id: threadId, item_id: card?.id, action })).status).toBe(200);
    expect(states()).toEqual(['what to do']);
  });

  it('can be decided again when the turn could not begin after it was claimed', async () => {
    const { chatkit, store, threadId, card, action, states } = await asked();
    const { write } = store.threads;
    store.threads.write = async () => {
      store.threads.write = write;
      throw new Error('away for a moment');
    };
    const click = { thread_id: threadId, item_id: card?.id, action };
    expect((await call(chatkit, 'threads.custom_action', click)).status).toBe(500);
    expect((await call(chatkit, 'threads.custom_action', click)).status).toBe(200);
    expect(states()).toEqual(['what to do']);
  });

  it('goes on once for two clicks at the same time', async () => {
    const { chatkit, threadId, card, action, states } = await asked();
    const click = { thread_id: threadId, item_id: card?.id, action };
    const answers = await Promise.all([call(chatkit, 'threads.custom_action', click), call(chatkit, 'threads.custom_action', click)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(states()).toEqual(['what to do']);
  });
});
