import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/client/api-fetch.js';
import { createChatStream } from '../../src/client/chat-stream.js';
import { createChatKitClient } from '../../src/index.js';
import { once, serve } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

function setUp(options: Parameters<typeof serve>[0] = {}) {
  const server = serve(options);
  servers.push(server);
  return server;
}

/** Speaks until it is stopped. */
function endless() {
  const state = { aborted: false };
  const respond = async function* ({ signal }: { signal: AbortSignal }): AsyncGenerator<string> {
    yield 'first words';
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    state.aborted = true;
  };
  return { state, respond };
}

/** A `fetch` that passes only so many frames of each stream and then does as it is told. */
function limited(server: ReturnType<typeof serve>, framesOf: (connection: number) => number, how: 'drops' | 'stays' | 'closes') {
  const seen = { connections: 0 };
  const send: typeof fetch = async (input, init) => {
    const response = await server.fetch(input, init);
    if (!(input as string).endsWith('/chat/stream') || !response.body) return response;
    const frames = framesOf(seen.connections++);
    let text = '';
    let given = 0;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        for (;;) {
          const at = text.indexOf('\n\n');
          if (at >= 0 && given < frames) {
            controller.enqueue(new TextEncoder().encode(text.slice(0, at + 2)));
            text = text.slice(at + 2);
            given++;
            return;
          }
          if (given >= frames) {
            if (how === 'drops') controller.error(new TypeError('network'));
            else if (how === 'closes') controller.close();
            else await new Promise(() => undefined);
            return;
          }
          const { done, value } = await reader.read();
          if (done) return controller.close();
          text += value;
        }
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  };
  return { seen, fetch: send };
}

async function* words(): AsyncGenerator<string> {
  for (let index = 1; index <= 12; index++) {
    yield `w${String(index)} `;
    // Each word is a frame of its own.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const ALL = Array.from({ length: 12 }, (_, index) => `w${String(index + 1)} `).join('');

async function textOf(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const delta of stream) text += delta;
  return text;
}

describe('a streamed answer', () => {
  it.each(['drops', 'closes'] as const)('goes on for as long as each connection that %s brings something new', async (how) => {
    const server = setUp({ respond: words });
    const { seen, fetch } = limited(server, (connection) => connection + 1, how);
    const stream = createChatKitClient({ url: server.url, storage: 'none', fetch }).stream({ message: 'Count' });
    expect(await textOf(stream)).toBe(ALL);
    expect(await stream.response).toMatchObject({ type: 'text' });
    expect(seen.connections).toBeGreaterThan(2);
  });

  it('leaves a connection that says nothing for longer than the server ever does', async () => {
    const server = setUp();
    const { seen, fetch } = limited(server, (connection) => (connection === 0 ? 1 : 1_000), 'stays');
    const stream = createChatStream(createApi({ url: server.url, storage: 'none', headers: undefined, fetch }), { message: 'hello over there' }, { silenceMs: 50 });
    expect(await textOf(stream)).toBe('You said: hello over there');
    expect(seen.connections).toBe(2);
  });

  it('is given up when other connections only bring what was known', async () => {
    const server = setUp({ respond: words });
    const { fetch } = limited(server, () => 2, 'drops');
    const stream = createChatStream(createApi({ url: server.url, storage: 'none', headers: undefined, fetch }), { message: 'Count' }, { giveUpAfterMs: 100 });
    await expect(stream.response).rejects.toMatchObject({ name: 'ChatKitRequestError', code: 'connection_lost' });
  });

  it('whose session expired with the connection is no other owner’s to go on with', async () => {
    const server = setUp({ respond: words });
    const { fetch } = limited(server, () => 2, 'drops');
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch });
    const stream = client.stream({ message: 'Count' });
    const deltas = stream[Symbol.asyncIterator]();
    await deltas.next();
    await server.chatkit.sessions.end((await client.session()).sessionId);
    await expect(stream.response).rejects.toMatchObject({ name: 'ChatKitRequestError', status: 401 });
    expect((await client.history()).data).toEqual([]);
  });

  it('that is cancelled before it was sent is never sent', async () => {
    const server = setUp();
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
    const stream = client.stream({ message: 'never mind' });
    await stream.cancel();
    await expect(stream.response).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.paths().filter((path) => path.includes('/chat'))).toEqual([]);
    expect((await client.history()).data).toEqual([]);
  });

  it('that is aborted before it was sent is never sent', async () => {
    const server = setUp();
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
    await expect(client.send({ message: 'never mind', signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(client.stream({ message: 'never mind', signal: AbortSignal.abort() }).response).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.paths().filter((path) => path.includes('/chat'))).toEqual([]);
  });

  it('is stopped on the server however long the network stays away', async () => {
    const { state, respond } = endless();
    const server = setUp({ respond });
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
    const stream = client.stream({ message: 'Go on' });
    for await (const delta of stream) {
      expect(delta).toBe('first words');
      break;
    }
    server.faults.push(once(({ path }) => path.endsWith('/cancel'), () => new TypeError('network'), 4));
    await stream.cancel();
    await expect.poll(() => state.aborted).toBe(true);
  });

  it('ends with the session, and is finished on the server', async () => {
    const { state, respond } = endless();
    const server = setUp({ respond });
    const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
    const stream = client.stream({ message: 'Go on' });
    await stream[Symbol.asyncIterator]().next();
    await client.logout();
    await expect(stream.response).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.paths().filter((path) => path.endsWith('/cancel'))).toEqual([]);
    expect(state.aborted).toBe(false);
  });
});
