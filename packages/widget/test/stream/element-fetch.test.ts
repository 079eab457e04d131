import { afterEach, describe, expect, it } from 'vitest';
import { createChatKitClient } from '../../src/index.js';
import { once, serve } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

function setUp() {
  const server = serve();
  servers.push(server);
  const { fetch: elementFetch, session } = createChatKitClient({ url: server.url, storage: 'none', fetch: server.fetch });
  const post = (type: string, params: object, headers: Record<string, string> = {}): Promise<Response> =>
    elementFetch(`${server.url}/chatkit`, { method: 'POST', body: JSON.stringify({ type, params }), headers: { 'content-type': 'application/json', ...headers } });
  return { server, elementFetch, session, post };
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
