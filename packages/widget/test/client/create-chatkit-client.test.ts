import { afterEach, describe, expect, it } from 'vitest';
import { createChatKitClient } from '../../src/client/create-chatkit-client.js';
import { deniedStorage, fakeStorage } from '../fake-storage.js';
import { once, serve } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

function setUp(options: Parameters<typeof serve>[0] = {}, storage: Storage | 'none' = fakeStorage()) {
  const server = serve(options);
  servers.push(server);
  return { server, storage, client: createChatKitClient<typeof server.chatkit>({ url: server.url, storage, fetch: server.fetch }) };
}

const isChat = ({ path }: { path: string }): boolean => path.endsWith('/chat');
const isStream = ({ path }: { path: string }): boolean => path.endsWith('/chat/stream');
const reply = async (turn: { reply: (reply: { type: 'item_created'; data: { name: string; addedAt: Date } }) => Promise<void> }): Promise<void> =>
  turn.reply({ type: 'item_created', data: { name: 'sugar', addedAt: new Date('2026-01-02T03:04:05Z') } });

describe('sending', () => {
  it('creates one session for concurrent messages and sends it by header, never in an address', async () => {
    const { server, client } = setUp();
    await Promise.all([client.session(), client.session(), client.history()]);
    expect(server.paths().filter((path) => path === 'POST /session')).toHaveLength(1);
    const { sessionId } = await client.session();
    expect(server.requests.at(-1)?.headers.get('x-chatkit-session')).toBe(sessionId);
    expect(server.paths().join()).not.toContain('session-');
  });

  it('answers with the typed reply, in its JSON form', async () => {
    const { client } = setUp({ respond: reply });
    expect(await client.send({ message: 'Add sugar' })).toMatchObject({ type: 'item_created', message: 'Added sugar.', structured_data: { name: 'sugar', addedAt: '2026-01-02T03:04:05.000Z' } });
  });

  it('streams deltas and the whole answer from one request', async () => {
    const { server, client } = setUp();
    const stream = client.stream({ message: 'hello' });
    let text = '';
    for await (const delta of stream) text += delta;
    expect(text).toBe('You said: hello');
    expect(await stream.response).toMatchObject({ type: 'text', message: 'You said: hello' });
    expect(server.requests.filter(isStream)).toHaveLength(1);
  });

  it('gives the response to whoever does not iterate', async () => {
    const { client } = setUp();
    expect(await client.stream({ message: 'hello' }).response).toMatchObject({ message: 'You said: hello' });
  });

  it('tells this session’s turns', async () => {
    const { client } = setUp();
    await client.send({ message: 'one' });
    await client.send({ message: 'two' });
    const { data } = await client.history({ order: 'asc' });
    expect(data.map((turn) => [turn.user_message, turn.response.message])).toEqual([['one', 'You said: one'], ['two', 'You said: two']]);
  });

  it('does not send what a logout overtakes', async () => {
    const { server, client } = setUp();
    await client.session();
    const stream = client.stream({ message: 'hello' });
    const outcomes = Promise.allSettled([stream.response, client.send({ message: 'hello again' })]);
    await client.logout();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await stream.cancel();
    expect(server.requests.filter((request) => isChat(request) || isStream(request))).toHaveLength(0);
    expect(server.paths().filter((path) => path === 'POST /session')).toHaveLength(1);
  });

  it('does not send what is stopped at once', async () => {
    const { server, client } = setUp();
    const stream = client.stream({ message: 'hello' });
    await stream.cancel();
    await expect(stream.response).rejects.toThrow();
    await expect(client.send({ message: 'hello', signal: AbortSignal.abort() })).rejects.toThrow();
    expect(server.requests.filter((request) => isChat(request) || isStream(request))).toHaveLength(0);
  });
});

describe('failing', () => {
  it('sends again after a network error, with one key: one message, one answer', async () => {
    const { server, client } = setUp();
    server.faults.push(once(isChat, () => new TypeError('network'), 2));
    expect(await client.send({ message: 'hello' })).toMatchObject({ message: 'You said: hello' });
    const sent = server.requests.filter(isChat);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect((await client.history()).data).toHaveLength(1);
  });

  it('sends again after a 503 that says when', async () => {
    const { server, client } = setUp();
    server.faults.push(once(isChat, () => new Response('{}', { status: 503, headers: { 'retry-after': '0' } })));
    expect(await client.send({ message: 'hello' })).toMatchObject({ type: 'text' });
  });

  it.each([[400, '{"code":"invalid_request","message":"Too long."}'], [500, 'oops'], [503, '{}']])('does not send again after a plain %i', async (status, body) => {
    const { server, client } = setUp();
    server.faults.push(once(isChat, () => new Response(body, { status }), 9));
    await expect(client.send({ message: 'hello' })).rejects.toMatchObject({ name: 'ChatKitRequestError', status });
    expect(server.requests.filter(isChat)).toHaveLength(1);
  });

  it('goes on where a dropped stream ended, once for each word', async () => {
    const { server, client } = setUp();
    const original = server.fetch;
    let drops = 1;
    const dropping: typeof fetch = async (input, init) => {
      const response = await original(input, init);
      if (!(input as string).endsWith('/chat/stream') || drops-- <= 0 || !response.body) return response;
      const first = (await response.body.getReader().read()).value;
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(first), pull: (controller) => controller.error(new TypeError('network')) }), { headers: response.headers });
    };
    const flaky = createChatKitClient({ url: server.url, storage: 'none', fetch: dropping });
    const stream = flaky.stream({ message: 'hello over there' });
    let text = '';
    for await (const delta of stream) text += delta;
    expect(text).toBe('You said: hello over there');
    expect(drops).toBe(-1);
    await client.session();
  });

  it('tells an answer that failed on the way as one of type error', async () => {
    const { client } = setUp({
      respond: async function* () {
        yield 'Some';
        throw new Error('secret');
      },
    });
    const answer = await client.stream({ message: 'hello' }).response;
    expect(answer).toMatchObject({ type: 'error', error_code: 'stream.error' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('cancels on the server what is cancelled here', async () => {
    let aborted = false;
    const { server, client } = setUp({
      respond: async function* ({ signal }) {
        yield 'first words';
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        aborted = true;
      },
    });
    const stream = client.stream({ message: 'hello' });
    for await (const delta of stream) {
      expect(delta).toBe('first words');
      break;
    }
    await stream.cancel();
    await expect.poll(() => aborted).toBe(true);
    await expect(stream.response).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.paths().some((path) => /^POST \/runs\/.*\/cancel$/.test(path))).toBe(true);
  });

  it('cancels on the server what a signal aborts, before it was answered', async () => {
    let started = false;
    let aborted = false;
    const { client } = setUp({
      respond: async function* ({ signal }) {
        started = true;
        yield 'first words';
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        aborted = true;
      },
    });
    const controller = new AbortController();
    const sent = client.send({ message: 'hello', signal: controller.signal });
    sent.catch(() => undefined);
    await expect.poll(() => started).toBe(true);
    controller.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => aborted).toBe(true);
  });
});

describe('the session', () => {
  it('is replaced once when it has expired, and the message is sent again', async () => {
    const { server, client } = setUp();
    const { sessionId } = await client.session();
    await server.chatkit.sessions.end(sessionId);
    const [one, two] = await Promise.all([client.send({ message: 'hello' }), client.history()]);
    expect(one).toMatchObject({ type: 'text' });
    expect(two.data).toBeInstanceOf(Array);
    expect(server.paths().filter((path) => path === 'POST /session')).toHaveLength(2);
  });

  it('with another owner, a message to the old thread is refused and not repeated', async () => {
    const { server, client } = setUp();
    const { thread_id: threadId } = await client.send({ message: 'hello' });
    client.tab.rememberThread(threadId);
    const changes: string[] = [];
    client.tab.subscribe(({ type }) => changes.push(type));
    await server.chatkit.sessions.end((await client.session()).sessionId);
    await expect(client.send({ message: 'again', threadId })).rejects.toMatchObject({ status: 401, code: 'session_expired' });
    expect(client.tab.threadId()).toBeNull();
    expect(changes).toEqual(['thread_lost', 'session']);
    expect(server.requests.filter(isChat)).toHaveLength(2);
  });

  it('is shared through the storage and kept by the next page', async () => {
    const { server, storage, client } = setUp();
    const { sessionId } = await client.session();
    const next = createChatKitClient({ url: server.url, storage, fetch: server.fetch });
    expect(await next.session()).toEqual({ sessionId });
  });

  it('lives in memory where storage is denied', async () => {
    const { server, client } = setUp({}, deniedStorage());
    expect(await client.session()).toEqual(await client.session());
    expect(server.paths()).toEqual(['POST /session']);
  });

  it('ends by logout; the next message has a new one', async () => {
    const { server, client } = setUp();
    const { sessionId } = await client.session();
    await client.logout();
    expect(await server.chatkit.sessions.get(sessionId)).toBeNull();
    expect((await client.session()).sessionId).not.toBe(sessionId);
  });

  it('sends the app’s own headers with every request', async () => {
    const { server } = setUp();
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch, headers: () => ({ authorization: 'Bearer app' }) });
    await client.send({ message: 'hello' });
    expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer app', 'Bearer app']);
  });
});

