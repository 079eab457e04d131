import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { streamedText, textInput, threadIdOf, type TestClient } from '../../../test/integration/client.ts';
import type { ServedDesk } from '../src/serve-desk.ts';
import { buttonAction, clientOf, newest, STARTS_SLOWLY, TestDesks } from './test-desk.ts';

const desks = new TestDesks();
let desk: ServedDesk;
let client: TestClient;
beforeAll(async () => {
  desk = await desks.serve({ CHATKIT_DATA: await desks.newDataFolder() });
}, STARTS_SLOWLY);
afterAll(() => desks.close());
beforeEach(async () => {
  client = await clientOf(desk).start();
});

/** Reports a broken kettle and answers the questions. */
async function openTicket(answers: Record<string, { values: string[] }> = { severity: { values: ['Nothing works'] }, description: { values: ['The lid is cracked'] } }) {
  const { threadId } = await client.createThread('My kettle arrived broken. What now?');
  const question = await newest(client, threadId, 'structured_input');
  const answer = await client.call('threads.add_structured_input', { thread_id: threadId, item_id: question.id, input: { answers } });
  return { threadId, question, answer };
}

describe('questions', () => {
  it('asks how bad it is and what happened, and opens a ticket with the answers', async () => {
    const { threadId, question, answer } = await openTicket();
    expect(question).toMatchObject({
      status: 'pending',
      inputs: [{ id: 'severity', type: 'multiple_choice', options: [{ value: 'Nothing works' }, { value: 'Something is broken' }, { value: 'A question' }] }, { id: 'description', type: 'freeform' }],
    });
    expect(streamedText(answer.events)).toMatch(/^Ticket \d+ is open: My kettle arrived broken\.$/);
    expect(await newest(client, threadId, 'structured_input')).toMatchObject({ status: 'answered' });
    const card = JSON.stringify(await newest(client, threadId, 'widget'));
    for (const shown of ['My kettle arrived broken', 'The lid is cracked', 'Nothing works', 'Nobody has it yet']) expect(card).toContain(shown);
  });

  it('takes an answer that is not among the choices', async () => {
    const { threadId } = await openTicket({ severity: { values: ['It is a bit dented'] }, description: { values: ['A dent'] } });
    expect(JSON.stringify(await newest(client, threadId, 'widget'))).toContain('Something is broken');
  });

  it('opens none when the user skips them', async () => {
    const { threadId, answer } = await openTicket({});
    expect(streamedText(answer.events)).toBe('All right, no ticket then.');
    expect((await client.items(threadId)).some((item) => item['type'] === 'widget')).toBe(false);
  });

  it('gives the simple API the ticket as data', async () => {
    const first = await client.post('/chat', { message: 'My kettle arrived broken' });
    const threadId = String(first.json['thread_id']);
    const question = await newest(client, threadId, 'structured_input');
    const { events } = await client.call('threads.add_structured_input', { thread_id: threadId, item_id: question.id, input: { answers: { description: { values: ['It leaks'] } } } });
    expect(events.at(-1)).toMatchObject({ type: 'thread.item.done' });
    const { json } = await client.get('/history');
    expect(json['data']).toContainEqual(expect.objectContaining({ response: expect.objectContaining({ type: 'ticket_opened', structured_data: expect.objectContaining({ description: 'It leaks' }) as unknown }) as unknown }));
  });
});

describe('titles', () => {
  it('names a thread after what it begins with, once', async () => {
    const { threadId, answer } = await client.createThread('My kettle arrived broken last week on a rainy day');
    const titled = (title: string) => expect.objectContaining({ type: 'thread.updated', thread: expect.objectContaining({ title }) as unknown }) as unknown;
    expect(answer.events).toContainEqual(titled('My kettle arrived broken last week'));
    const second = await client.say(threadId, 'hello');
    expect(second.events.some((event) => event.type === 'thread.updated')).toBe(false);
    expect((await client.call('threads.list', {})).json['data']).toMatchObject([{ id: threadId, title: 'My kettle arrived broken last week' }]);
  });
});

describe('the ticket card', () => {
  it('is assigned by its button: the assistant says so, and the card changes in its place', async () => {
    const { threadId } = await openTicket();
    const card = await newest(client, threadId, 'widget');
    const { events } = await client.call('threads.custom_action', { thread_id: threadId, item_id: card.id, action: buttonAction(card, 'Assign') });
    expect(events).toContainEqual({ type: 'progress_update', text: 'Looking who is free', icon: 'profile' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'thread.item.replaced', item: expect.objectContaining({ id: card.id }) as unknown }));
    const changed = await newest(client, threadId, 'widget');
    expect(changed.id).toBe(card.id);
    expect(JSON.stringify(changed)).toMatch(/(Robin|Sam|Alex) is on it/);
    expect(JSON.stringify(changed)).not.toContain('"label":"Assign"');
  });

  it('is refreshed at once, with what another instance did meanwhile', async () => {
    const { threadId } = await openTicket();
    const card = await newest(client, threadId, 'widget');
    const action = buttonAction(card, 'Refresh');
    const owner = await desk.chatkit.sessions.get(client.sessionId);
    await desk.chosen.desk.assign(owner?.ownerId ?? '', Number(action.payload['ticket']));
    const { status, headers, text } = await client.call('threads.sync_custom_action', { thread_id: threadId, item_id: card.id, action });
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('application/json')]);
    expect(text).toMatch(/(Robin|Sam|Alex) is on it/);
    expect(JSON.stringify(await newest(client, threadId, 'widget'))).toContain('is on it');
  });

  it('shows nobody a ticket that is not theirs', async () => {
    const { threadId } = await openTicket();
    const action = buttonAction(await newest(client, threadId, 'widget'), 'Refresh');
    const stranger = await clientOf(desk).start();
    const { threadId: own } = await stranger.createThread('hello');
    const answer = await stranger.call('threads.sync_custom_action', { thread_id: own, action });
    expect([answer.status, answer.json['code']]).toEqual([404, 'no_ticket']);
  });
});

describe('attachments', () => {
  async function upload(name: string, type: string, bytes: Uint8Array<ArrayBuffer>) {
    const created = await client.call('attachments.create', { name, size: bytes.length, mime_type: type });
    const { url, method, headers } = created.json['upload_descriptor'] as { url: string; method: string; headers: Record<string, string> };
    return { attachment: created.json as { id: string; type: string; preview_url?: string }, put: () => fetch(url, { method, headers, body: bytes }) };
  }
  const send = async (text: string, ids: string[]) => client.call('threads.create', { input: { ...(textInput(text) as object), attachments: ids } });

  it('reach the model as bytes', async () => {
    const log = await upload('boiler.log', 'text/plain', new TextEncoder().encode('pressure: 3.1 bar'));
    const picture = await upload('lid.png', 'image/png', PIXEL);
    expect([(await log.put()).ok, (await picture.put()).ok]).toEqual([true, true]);
    const { events } = await send('Have a look', [log.attachment.id, picture.attachment.id]);
    expect(streamedText(events)).toBe(`I have looked at “boiler.log” of 17 bytes and an image of ${String(PIXEL.length)} bytes.`);
    const preview = await fetch(picture.attachment.preview_url ?? '');
    expect([preview.headers.get('content-type'), new Uint8Array(await preview.arrayBuffer())]).toEqual(['image/png', PIXEL]);
  });

  it('go with the ticket', async () => {
    const log = await upload('boiler.log', 'text/plain', new TextEncoder().encode('x'));
    await log.put();
    const threadId = threadIdOf(await send('My boiler is broken', [log.attachment.id]));
    const question = await newest(client, threadId, 'structured_input');
    await client.call('threads.add_structured_input', { thread_id: threadId, item_id: question.id, input: { answers: { description: { values: ['Cold water'] } } } });
    expect(JSON.stringify(await newest(client, threadId, 'widget'))).toContain('Files: boiler.log');
  });

  it('are refused when they are of another kind, and can’t be put to an address that was not given', async () => {
    const refused = await client.call('attachments.create', { name: 'a.exe', size: 1, mime_type: 'application/x-msdownload' });
    expect(refused.status).toBe(415);
    const { attachment } = await upload('a.txt', 'text/plain', new Uint8Array([1]));
    const forged = await fetch(`${desk.url}/agent/attachments/${attachment.id}`, { method: 'PUT', body: 'x' });
    expect(forged.status).toBe(404);
  });

  it('whose bytes never came are refused before anything is stored', async () => {
    const log = await upload('boiler.log', 'text/plain', new Uint8Array([1]));
    const refused = await send('Refund 5 for order A-7', [log.attachment.id]);
    expect(refused.status).toBe(409);
    expect(refused.json['message']).toContain('boiler.log');
    expect((await client.call('threads.list', {})).json['data']).toEqual([]);
  });
});

/** One transparent pixel. */
const PIXEL = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (character) => character.charCodeAt(0));
