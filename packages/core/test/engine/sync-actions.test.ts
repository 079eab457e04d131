import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { createChatKit, defineActions, type WidgetRoot } from '../../src/index.js';
import { owner, silent, speakTo, type ChatServer } from './chat-server.js';

const actions = defineActions({ refresh: { streaming: false } });
const card = (value: string): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', value }] });

/** A thread with a widget; `meanwhile` happens while its action is handled. */
async function shown(meanwhile: (server: ChatServer, threadId: string) => Promise<unknown> = async () => undefined) {
  const store = memoryStore();
  let retried = false;
  let handled = 0;
  const chatkit = createChatKit({
    store, actions, logger: silent, authenticate: async () => owner,
    respond: async (turn) => void (retried ? await turn.sendText('Anew') : await turn.sendWidget(card('old'))),
    onAction: {
      refresh: async () => {
        handled += 1;
        retried = true;
        await meanwhile(server, threadId);
        return card('new');
      },
    },
  });
  const server = speakTo(chatkit, store);
  const { threadId } = await server.create('show');
  const widget = (await server.items(threadId)).find((item) => item.type === 'widget');
  const click = () => server.call('threads.sync_custom_action', { thread_id: threadId, item_id: widget?.id, action: { type: 'refresh' } });
  return { store, server, threadId, click, handled: () => handled };
}

it('a synchronous action replaces its widget', async () => {
  const { server, threadId, click } = await shown();
  expect(await click()).toMatchObject({ status: 200, json: { updated_item: { widget: card('new') } } });
  expect((await server.items(threadId)).at(-1)).toMatchObject({ type: 'widget', widget: card('new') });
});

it('a widget that was removed while its action was handled does not come back', async () => {
  const { server, threadId, click } = await shown(async (server, threadId) => {
    const [message] = await server.items(threadId);
    await server.call('threads.retry_after_item', { thread_id: threadId, item_id: message?.id });
  });
  expect(await click()).toMatchObject({ status: 404 });
  expect((await server.items(threadId)).map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
});

it.each(['locked', 'closed'] as const)('a %s thread takes no synchronous action', async (type) => {
  const { store, threadId, click, handled } = await shown();
  await store.threads.write(owner, { threadId, update: { status: { type } } });
  expect(await click()).toMatchObject({ status: 409, json: { code: 'thread_not_active' } });
  expect(handled()).toBe(0);
});

it('an action may close its thread and still replace its widget', async () => {
  const { store, click } = await shown(async (_server, threadId) => store.threads.write(owner, { threadId, update: { status: { type: 'closed' } } }));
  expect(await click()).toMatchObject({ status: 200, json: { updated_item: { widget: card('new') } } });
});
