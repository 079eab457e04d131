import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamedText, type TestClient } from '../../../test/integration/client.ts';
import type { ServedDesk } from '../src/serve-desk.ts';
import { buttonAction, clientOf, newest, STARTS_SLOWLY, TestDesks } from './test-desk.ts';

const desks = new TestDesks();
let desk: ServedDesk;
beforeAll(async () => {
  desk = await desks.serve({ CHATKIT_DATA: await desks.newDataFolder() });
}, STARTS_SLOWLY);
afterAll(() => desks.close());

/** The same browser at another instance. */
function at(desk: ServedDesk, client: TestClient): TestClient {
  const moved = clientOf(desk);
  moved.headers = client.headers;
  return moved;
}

async function refundsOf(desk: ServedDesk, client: TestClient): Promise<unknown[]> {
  const session = await desk.chatkit.sessions.get(client.sessionId);
  return desk.chosen.desk.refunds(session?.ownerId ?? '');
}

async function ask(desk: ServedDesk, amount = 250) {
  const client = await clientOf(desk).start();
  const { threadId, answer } = await client.createThread(`Refund ${String(amount)} for order A-1001`);
  const card = answer.events.some((event) => event.type === 'thread.item.done' && event.item.type === 'widget') ? await newest(client, threadId, 'widget') : null;
  return { client, threadId, answer, card };
}

async function decide(client: TestClient, threadId: string, label: 'Approve' | 'Reject') {
  const card = await newest(client, threadId, 'widget');
  return client.call('threads.custom_action', { thread_id: threadId, item_id: card.id, action: buttonAction(card, label) });
}

describe('a refund', () => {
  it('of a small amount is paid without a question', async () => {
    const { client, answer, card } = await ask(desk, 40);
    expect(streamedText(answer.events)).toBe('Refunded 40.00 for order A-1001.');
    expect(card).toBeNull();
    expect(await refundsOf(desk, client)).toEqual([{ order: 'A-1001', amount: 40 }]);
  });

  it('of a large amount waits for a yes, and is paid once', async () => {
    const { client, threadId, card } = await ask(desk);
    expect(JSON.stringify(card)).toContain('Refund 250.00 for order A-1001?');
    expect(await refundsOf(desk, client)).toEqual([]);
    const action = buttonAction(card, 'Approve');
    const click = () => client.call('threads.custom_action', { thread_id: threadId, item_id: card?.id, action });
    const answers = await Promise.all([click(), click(), click()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await refundsOf(desk, client)).toEqual([{ order: 'A-1001', amount: 250 }]);
    expect(JSON.stringify(await newest(client, threadId, 'widget'))).toContain('Approved');
    expect((await client.say(threadId, 'hello')).status).toBe(200);
  });

  it('is not paid after a no', async () => {
    const { client, threadId } = await ask(desk);
    const answer = await decide(client, threadId, 'Reject');
    expect(streamedText(answer.events)).toMatch(/not approved/i);
    expect(await refundsOf(desk, client)).toEqual([]);
    expect(JSON.stringify(await newest(client, threadId, 'widget'))).toContain('Rejected');
  });

  it('can be decided after a restart', async () => {
    const environment = { CHATKIT_DATA: await desks.newDataFolder() };
    const before = await desks.serve(environment);
    const { client, threadId } = await ask(before);
    await before.close();
    const after = await desks.serve(environment);
    const again = at(after, client);
    expect(streamedText((await decide(again, threadId, 'Approve')).events)).toBe('Refunded 250.00 for order A-1001.');
    expect(await refundsOf(after, client)).toEqual([{ order: 'A-1001', amount: 250 }]);
    await after.close();
  }, STARTS_SLOWLY);

  it.each([
    // PGlite lives in one process, so its instances share the database.
    ['PGlite', async () => [desk, await desks.serve({}, { chosen: desk.chosen })] as const],
    // Here each has connections of its own.
    ['Postgres', async () => {
      const environment = { DATABASE_URL: await desks.newDatabase() };
      return [await desks.serve(environment), await desks.serve(environment)] as const;
    }],
  ])('can be decided on another instance that shares the store: %s', async (_name, instances) => {
    const [first, second] = await instances();
    const { client, threadId, card } = await ask(first);
    // Both pages show the button: neither reads the card again before the click, when the other may have replaced it.
    const body = { thread_id: threadId, item_id: card?.id, action: buttonAction(card, 'Approve') };
    const [one, other] = await Promise.all([client, at(second, client)].map((page) => page.call('threads.custom_action', body)));
    expect([one?.status, other?.status].sort()).toEqual([200, 409]);
    expect(streamedText([...(one?.events ?? []), ...(other?.events ?? [])])).toBe('Refunded 250.00 for order A-1001.');
    expect(await refundsOf(second, client)).toEqual([{ order: 'A-1001', amount: 250 }]);
    const next = await ask(first, 300);
    expect(streamedText((await decide(at(second, next.client), next.threadId, 'Approve')).events)).toBe('Refunded 300.00 for order A-1001.');
  });
});
