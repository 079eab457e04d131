import { afterEach, describe, expect, it } from 'vitest';
import { internalsOf } from '../../src/client/client-internals.js';
import { createChatKitClient } from '../../src/index.js';
import { createElementFetch } from '../../src/stream/element-fetch.js';
import { once, serve } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

function setUp(options: Parameters<typeof serve>[0] = {}) {
  const server = serve(options);
  servers.push(server);
  const client = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
  const { fetch: elementFetch, session } = client;
  const operation = (type: string, params: object, headers: Record<string, string> = {}): RequestInit =>
    ({ method: 'POST', body: JSON.stringify({ type, params }), headers: { 'content-type': 'application/json', ...headers } });
  const post = (type: string, params: object, headers?: Record<string, string>): Promise<Response> => elementFetch(`${server.url}/chatkit`, operation(type, params, headers));
  return { server, client, elementFetch, session, operation, post };
}

const input = { content: [{ type: 'input_text', text: 'hello' }], attachments: [], inference_options: {} };

describe('the element’s fetch', () => {
  it('adds the credential and keeps the element’s own headers', async () => {
    const { server, session, post } = setUp();
    expect((await post('threads.list', {}, { 'chatkit-frame-instance-id': 'frame', 'accept-language': 'de' })).status).toBe(200);
    const sent = server.requests.at(-1)?.headers;
    expect(sent?.get('x-chatkit-session')).toBe((await session()).sessionId);
    expect([sent?.get('chatkit-frame-instance-id'), sent?.get('accept-language'), sent?.get('x-chatkit-capabilities')]).toEqual(['frame', 'de', null]);
  });

  it.each(['https://storage.example.com/upload?signature=1', 'http://shop.test/other', 'http://shop.test/agents'])('tells %s nothing', async (address) => {
    const { server, elementFetch } = setUp();
    await elementFetch(address, { method: 'PUT', body: 'bytes', headers: { 'x-upload': 'signed' } });
    const [sent] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect([...(sent?.headers ?? [])].filter(([name]) => name !== 'content-type')).toEqual([['x-upload', 'signed']]);
  });

  it('takes a Request as well', async () => {
    const { server, elementFetch } = setUp();
    const response = await elementFetch(new Request(`${server.url}/chatkit`, { method: 'POST', body: JSON.stringify({ type: 'threads.list', params: {} }), headers: { 'content-type': 'application/json' } }));
    expect(await response.json()).toEqual({ data: [], has_more: false });
  });

  it('passes the bytes of a file as they are, whatever form the request has', async () => {
    const { elementFetch, server } = setUp();
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0xfe, 0x00]);
    let received: Uint8Array | null = null;
    const client = createChatKitClient({
      url: server.url, storage: 'none',
      fetch: async (input, init) => {
        if (!(input as string).endsWith('/attachments/1')) return server.fetch(input, init);
        received = new Uint8Array(await new Request(input, init).arrayBuffer());
        return new Response('{}');
      },
    });
    const upload = (): Request => new Request(`${server.url}/attachments/1`, { method: 'PUT', body: bytes, headers: { 'content-type': 'image/png' } });
    await client.fetch(upload());
    expect(received).toEqual(bytes);
    await elementFetch(upload());
    expect(server.requests.at(-1)?.headers.get('content-type')).toBe('image/png');
  });

  it('sends a streaming operation again after a network error, with one key', async () => {
    const { server, post } = setUp();
    const isPost = ({ path }: { path: string }): boolean => path.endsWith('/chatkit');
    server.faults.push(once(isPost, () => new TypeError('network')));
    const text = await (await post('threads.create', { input })).text();
    expect(text.match(/"type":"user_message"/g)).toHaveLength(1);
    const keys = server.requests.filter(isPost).map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('does not send again what may have changed something', async () => {
    const { server, post } = setUp();
    server.faults.push(once(({ path }) => path.endsWith('/chatkit'), () => new TypeError('network')));
    await expect(post('threads.delete', { thread_id: 'thr_1' })).rejects.toThrow('network');
  });

  it('gives a refusal to the element as it came', async () => {
    const { post } = setUp();
    const response = await post('threads.add_user_message', { thread_id: 'thr_00000000000000000000000000000000', input });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });
});

describe('an answer being streamed to an element', () => {
  /** One that speaks until it is stopped, read up to its first words. */
  async function streaming() {
    const turn = { aborted: false };
    const { server, client, operation } = setUp({
      respond: async function* ({ signal }) {
        yield 'first words';
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        turn.aborted = true;
      },
    });
    const internals = internalsOf(client);
    if (!internals) throw new Error('made here');
    const [chat, other] = [createElementFetch(internals.api), createElementFetch(internals.api)];
    const stop = new AbortController();
    const response = await chat.fetch(`${server.url}/chatkit`, { ...operation('threads.create', { input }), signal: stop.signal });
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    const decoder = new TextDecoder();
    let text = '';
    while (!text.includes('first words')) text += decoder.decode((await reader.read()).value);
    return { server, client, turn, chat, other, stop, reader };
  }

  const cancels = (server: ReturnType<typeof serve>): string[] => server.paths().filter((path) => path.endsWith('/cancel'));

  it('is stopped by an abort, also when the network is away for a while', async () => {
    const { server, turn, stop } = await streaming();
    server.faults.push(once(({ path }) => path.endsWith('/cancel'), () => new TypeError('network'), 4));
    stop.abort();
    await expect.poll(() => turn.aborted, { timeout: 20_000 }).toBe(true);
    expect(cancels(server)).toHaveLength(5);
  });

  it('is stopped by an abort after another chat of the same client was taken away', async () => {
    const { turn, other, stop } = await streaming();
    other.keepRuns();
    stop.abort();
    await expect.poll(() => turn.aborted).toBe(true);
  });

  it('goes on at the server when its own chat is taken away', async () => {
    const { server, client, chat, stop } = await streaming();
    chat.keepRuns();
    stop.abort();
    await client.history();
    expect(cancels(server)).toEqual([]);
  });

  it('ends in good order at logout', async () => {
    const { client, server, reader } = await streaming();
    const rest = reader.read();
    await client.logout();
    expect(await rest).toEqual({ done: true, value: undefined });
    expect(cancels(server)).toEqual([]);
  });
});
