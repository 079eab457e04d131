import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveShop, type Shop } from './serve-shop.ts';

interface Reply {
  type: string;
  message: string;
  thread_id: string;
  structured_data?: Record<string, unknown>;
}

describe.each([
  ['in this process', { CHATKIT_STORE: 'memory' }],
  ['over MCP', { CHATKIT_STORE: 'memory', CHATKIT_TOOLS: 'mcp' }],
])('the inventory assistant with its tools %s', (_name, environment) => {
  let shop: Shop;
  let session = '';
  beforeAll(async () => {
    shop = await serveShop(environment);
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    session = await shop.newSession();
  });
  const say = async (message: string): Promise<Reply> => (await (await shop.post('/chat', { session_id: session, message })).json()) as Reply;

  it('adds stock, writes a bill, and takes what was sold off the stock', async () => {
    const added = await say('Add 10kg sugar at 150');
    expect(added).toMatchObject({ type: 'item_created', structured_data: { name: 'sugar', added: 10, unit: 'kg', price: 150, in_stock: 10 } });
    expect(added.message).toContain('Added 10 kg of sugar');
    const bill = await say('Create a bill for Ali: 2kg sugar');
    expect(bill).toMatchObject({
      type: 'bill_created', structured_data: { customer: 'Ali', total: 300, lines: [{ name: 'sugar', quantity: 2, unit: 'kg', price: 150, amount: 300 }] },
    });
    const list = await say('Show inventory');
    expect(list).toMatchObject({ type: 'item_list', structured_data: { items: [{ name: 'sugar', quantity: 8, unit: 'kg', price: 150 }] } });
    expect((await say('Create a bill for Ali: 9kg sugar')).message).toBe('There is not enough sugar: 8 kg left, 9 kg asked for.');
    expect((await say('how much sugar is left?')).message).toContain('Sugar: 8 kg left at 150');
  });

  it.each([
    ['Add 99999999999999999999kg gold at 1', 'That is more than this shop can hold.'],
    [`Add ${'9'.repeat(400)}kg gold at 1`, 'That is more than this shop can hold.'],
    ['Add 1kg gold at 99999999999999999999', 'The price is too high for this shop.'],
  ])('says why it can’t do “%s”', async (sentence, reason) => {
    expect((await say(sentence)).message).toBe(reason);
    expect((await say('how much gold is left?')).message).toBe('There is no gold in stock.');
  });

  it('writes no bill that is too high, and leaves the stock', async () => {
    await say('Add 1000000kg saffron at 1000000');
    expect((await say('Create a bill for Ali: 1000000kg saffron')).message).toBe('The total is too high for one bill.');
    expect((await say('how much saffron is left?')).message).toContain('1000000 kg left');
  });

  it('remembers the turn before', async () => {
    await say('how much rice is left?');
    expect((await say('what did I just ask you?')).message).toBe('You asked: “how much rice is left?”');
  });

  it('says what it understands when it does not understand', async () => {
    const reply = await say('sing me a song');
    expect(reply.type).toBe('text');
    expect(reply.message).toContain('I didn’t understand that. You can say “Add 10kg sugar at 150”');
  });

  it('streams several deltas, then the whole answer', async () => {
    const text = await (await shop.post('/chat/stream', { session_id: session, message: 'hello' })).text();
    const events = text.trim().split('\n\n').map((frame) => JSON.parse(frame.slice(6)) as { delta?: string });
    expect(events.filter((event) => 'delta' in event).length).toBeGreaterThan(2);
    expect(events.at(-1)).toMatchObject({ done: true, type: 'text', message: events.map((event) => event.delta ?? '').join('') });
  });

  it('shows a bill as a card, and the inventory as a list whose button restocks', async () => {
    await say('Add 4kg rice at 90');
    const created = await shop.post('/chatkit', { type: 'threads.create', params: { input: { content: [{ type: 'input_text', text: 'show inventory' }], attachments: [], inference_options: {} } } }, session);
    const events = (await created.text()).trim().split('\n\n').map((frame) => JSON.parse(frame.slice(6)) as { type: string; thread?: { id: string }; item?: { type: string; id: string } });
    const threadId = events.find((event) => event.type === 'thread.created')?.thread?.id;
    const widget = events.find((event) => event.item?.type === 'widget')?.item;
    expect(JSON.stringify(widget)).toContain('"label":"Restock"');
    const clicked = await shop.post('/chatkit', {
      type: 'threads.custom_action', params: { thread_id: threadId, item_id: widget?.id, action: { type: 'restock', payload: { name: 'rice', title: 'Inventory' } } },
    }, session);
    const answer = await clicked.text();
    expect(answer).toContain('Added 10 kg of rice');
    expect(answer).toContain('"type":"thread.item.replaced"');
    expect(answer).toContain('14 kg');
    const refreshed = await shop.post('/chatkit', {
      type: 'threads.sync_custom_action', params: { thread_id: threadId, item_id: widget?.id, action: { type: 'refresh', payload: { title: 'Inventory' } } },
    }, session);
    expect(JSON.stringify(await refreshed.json())).toContain('14 kg');
  });

  it('serves ChatKit operations on /agent/chat with the session in the body', async () => {
    const response = await shop.post('/chat', {
      session_id: session, type: 'threads.create', params: { input: { content: [{ type: 'input_text', text: 'hello' }], attachments: [], inference_options: {} } },
    });
    const types = (await response.text()).trim().split('\n\n').map((frame) => (JSON.parse(frame.slice(6)) as { type: string }).type);
    expect(types.slice(0, 4)).toEqual(['thread.created', 'thread.item.done', 'stream_options', 'thread.item.added']);
    expect(types.at(-1)).toBe('thread.item.done');
  });

  it('refuses an unknown session', async () => {
    expect((await shop.post('/chat', { session_id: 'session-1-00000000000000000000000000000000', message: 'hi' })).status).toBe(401);
  });
});

describe('the page', () => {
  it('is served at /', async () => {
    const shop = await serveShop();
    const page = await fetch(shop.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('Inventory assistant');
    await shop.close();
  });
});
