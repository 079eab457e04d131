import { Agent } from '@openai/agents';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import { ChatKitError, type Item, type Turn } from '../../src/index.js';
import { failure, functionCall, text, type ModelServer } from '../../src/testing/index.js';
import { chatServer, streamedText, texts, type Called, type ChatServer } from '../engine/chat-server.js';
import { startLocalModel } from './local-models.js';

interface Shop {
  server: ModelServer;
  node: ChatServer;
  threadId: string;
  /** Ids of the calls that paid. */
  paid: string[];
  ask: (message?: string) => Promise<void>;
  card: () => Promise<Item<'widget'>>;
  approve: () => Promise<Called>;
  retry: (itemId?: string) => Promise<Called>;
}

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(close.map((end) => end()));
  close = [];
});

/** An agent that pays once it may; `pay` may refuse. */
async function openShop(pay: (turn: Turn) => Promise<void> = async () => undefined): Promise<Shop> {
  const local = await startLocalModel();
  const paid: string[] = [];
  const tool = turnTool({
    name: 'pay', description: 'Pay', parameters: z.object({ bill: z.string() }), needsApproval: true,
    execute: async ({ bill }, turn: Turn, { callId }) => {
      await pay(turn);
      paid.push(callId);
      return `Paid ${bill}.`;
    },
  });
  const node = chatServer({ respond: agentResponder(new Agent<Turn>({ name: 'Shop', model: 'gpt-local', tools: [tool] }), { runner: local.runner }) });
  close.push(() => node.chatkit.close(), () => local.server.close());
  const shop: Shop = {
    server: local.server, node, threadId: '', paid,
    ask: async (message = 'pay b1') => void ({ threadId: shop.threadId } = await node.create(message)),
    card: async () => {
      const card = (await node.items(shop.threadId)).findLast((item) => item.type === 'widget' && JSON.stringify(item).includes('chatkit.approve'));
      if (card?.type !== 'widget') throw new Error('Nothing is asked.');
      return card;
    },
    approve: async () => {
      const card = await shop.card();
      const id = /"approval_id":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
      return node.call('threads.custom_action', { thread_id: shop.threadId, item_id: card.id, action: { type: 'chatkit.approve', payload: { approval_id: id } } });
    },
    retry: async (itemId) => {
      const message = (await node.items(shop.threadId)).findLast((item) => item.type === 'user_message');
      return node.call('threads.retry_after_item', { thread_id: shop.threadId, item_id: itemId ?? message?.id });
    },
  };
  return shop;
}

function errorOf({ events }: Called): unknown {
  return events.find((event) => event.type === 'error');
}

describe('a retry after an approved tool', () => {
  it('goes on after the tool, when the model failed after it', async () => {
    const shop = await openShop();
    shop.server.reply(text('I will.'), functionCall('pay', { bill: 'b1' }, { callId: 'call_1' }));
    shop.server.reply(failure());
    shop.server.reply(text('All done.'));
    await shop.ask();
    expect(errorOf(await shop.approve())).toMatchObject({ allow_retry: true });
    expect(shop.paid).toEqual(['call_1']);

    const retried = await shop.retry();

    expect(streamedText(retried.events)).toBe('All done.');
    expect(shop.paid).toEqual(['call_1']);
    expect(shop.server.requests[2]?.input.at(-1)).toMatchObject({ type: 'function_call_output', call_id: 'call_1', output: 'Paid b1.' });
    const items = await shop.node.items(shop.threadId);
    expect(texts(items)).toEqual(['pay b1', 'I will.', 'All done.']);
    expect(JSON.stringify(items.find(({ type }) => type === 'widget'))).toContain('Approved');
  });

  it('goes on after the tool however often the model fails', async () => {
    const shop = await openShop();
    shop.server.reply(functionCall('pay', { bill: 'b1' }));
    for (let attempt = 0; attempt < 3; attempt += 1) shop.server.reply(failure());
    shop.server.reply(text('All done.'));
    await shop.ask();
    await shop.approve();
    await shop.retry();
    await shop.retry();
    expect(streamedText((await shop.retry()).events)).toBe('All done.');
    expect(shop.paid).toHaveLength(1);
    expect(shop.server.requests.slice(1).map(({ input }) => input.at(-1)?.type)).toEqual(Array(4).fill('function_call_output'));
  });

  it('keeps what the tool has shown, and drops what came after it', async () => {
    const shop = await openShop(async (turn) => void (await turn.sendText('A receipt')));
    shop.server.reply(functionCall('pay', { bill: 'b1' }));
    shop.server.reply(text('All is'), failure());
    shop.server.reply(text('All done.'));
    await shop.ask();
    await shop.approve();
    expect(texts(await shop.node.items(shop.threadId))).toEqual(['pay b1', 'A receipt', 'All is']);
    await shop.retry();
    expect(texts(await shop.node.items(shop.threadId))).toEqual(['pay b1', 'A receipt', 'All done.']);
  });

  it('asks again for the very same call, when it is not known whether the tool did its work', async () => {
    let broken = true;
    const shop = await openShop(async () => {
      if (broken) throw new ChatKitError({ code: 'bank_away', message: 'The bank is away.', status: 503, allowRetry: true });
    });
    shop.server.reply(functionCall('pay', { bill: 'b1' }, { callId: 'call_1' }));
    shop.server.reply(text('All done.'));
    await shop.ask();
    expect(errorOf(await shop.approve())).toMatchObject({ message: 'The bank is away.' });
    broken = false;

    await shop.retry();
    expect(shop.paid).toEqual([]);
    expect(shop.server.requests).toHaveLength(1);
    expect(streamedText((await shop.approve()).events)).toBe('All done.');
    expect(shop.paid).toEqual(['call_1']);
  });

  it('does not repeat the first of several calls while the second is still to be decided', async () => {
    const shop = await openShop();
    shop.server.reply(functionCall('pay', { bill: 'b1' }, { callId: 'call_1' }), functionCall('pay', { bill: 'b2' }, { callId: 'call_2' }));
    shop.server.reply(text('All done.'));
    await shop.ask();
    await shop.approve();
    await shop.retry();
    expect(JSON.stringify(await shop.card())).toContain('b2');
    expect(streamedText((await shop.approve()).events)).toBe('All done.');
    expect(shop.paid).toEqual(['call_1', 'call_2']);
    expect(shop.server.requests).toHaveLength(2);
  });

  it('begins anew once there was an answer', async () => {
    const shop = await openShop();
    shop.server.reply(functionCall('pay', { bill: 'b1' }));
    shop.server.reply(text('All done.'));
    shop.server.reply(text('Paid it is.'));
    await shop.ask();
    await shop.approve();
    await shop.retry();
    expect(shop.server.requests[2]?.input.at(-1)).toMatchObject({ role: 'user' });
    expect(texts(await shop.node.items(shop.threadId))).toEqual(['pay b1', 'Paid it is.']);
  });
});
