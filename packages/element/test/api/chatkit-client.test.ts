import { describe, expect, it } from 'vitest';
import { ChatKitClient } from '../../src/api/chatkit-client.js';
import { retryDelay } from '../../src/api/retry-delay.js';

interface Call {
  url: string;
  init: RequestInit;
}

function client(...responses: (() => Response)[]): { client: ChatKitClient; calls: Call[]; waits: number[] } {
  const calls: Call[] = [];
  const waits: number[] = [];
  const fetchFunction = async (url: unknown, init: unknown): Promise<Response> => {
    calls.push({ url: String(url), init: init as RequestInit });
    const next = responses[Math.min(calls.length, responses.length) - 1];
    if (!next) throw new TypeError('Failed to fetch');
    return next();
  };
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  return { client: new ChatKitClient({ url: 'https://api.example/chatkit', fetch: fetchFunction, locale: 'de-DE', instanceId: 'frame-1', wait }), calls, waits };
}

const encoder = new TextEncoder();
const stream = (...chunks: string[]): Response =>
  new Response(new ReadableStream({ start: (controller) => (chunks.forEach((chunk) => controller.enqueue(encoder.encode(chunk))), controller.close()) }), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

async function collect(events: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const params = { input: { content: [], attachments: [], inference_options: {} } };

describe('json operations', () => {
  it('post type and params with locale and instance id', async () => {
    const { client: api, calls } = client(() => json(200, { id: 't' }));
    expect(await api.call('threads.get_by_id', { thread_id: 't' })).toEqual({ id: 't' });
    expect(JSON.parse(calls[0]?.init.body as string)).toEqual({ type: 'threads.get_by_id', params: { thread_id: 't' } });
    expect(calls[0]?.init.headers).toMatchObject({ 'accept-language': 'de-DE', 'chatkit-frame-instance-id': 'frame-1', 'content-type': 'application/json' });
  });

  it.each([
    [() => json(404, { code: 'not_found', message: 'Gone' }), 'Gone', 404],
    [() => json(400, { error: { type: 'x', message: 'Wrong' } }), 'Wrong', 400],
    [() => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }), 'Bad Gateway', 502],
    [() => new Response('[]', { status: 200 }), 'The server answered with something other than JSON.', 200],
  ])('fail with the message of the server', async (response, message, status) => {
    await expect(client(response).client.call('threads.list', {})).rejects.toMatchObject({ message, status });
  });

  it('say so when the server cannot be reached', async () => {
    await expect(client().client.call('threads.list', {})).rejects.toMatchObject({ status: 0, code: 'network_error' });
  });
});

describe('streams', () => {
  it('yield events however the bytes are cut, and skip comments, ids and what is not an event', async () => {
    const text = ': ping\n\nid: 7\ndata: {"type":"progress_update","text":"grün \u{1F600}"}\n\ndata: nonsense\n\ndata: {"no":"type"}\n\ndata: {"type":"end"}\n\n';
    const bytes = encoder.encode(text);
    const cut = new Response(new ReadableStream({ start: (controller) => (bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte))), controller.close()) }), { headers: { 'content-type': 'text/event-stream' } });
    expect(await collect(client(() => cut).client.stream('threads.create', params))).toEqual([{ type: 'progress_update', text: 'grün \u{1F600}' }, { type: 'end' }]);
  });

  it('are asked for again on 5xx and on answers that are no stream, five times in all', async () => {
    const { client: api, calls, waits } = client(() => json(503, {}, { 'retry-after': '2' }), () => json(200, {}), () => stream('data: {"type":"ok"}\n\n'));
    expect(await collect(api.stream('threads.create', params))).toEqual([{ type: 'ok' }]);
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([2000, 600]);
    const failing = client(() => json(500, { message: 'Still down' }));
    await expect(collect(failing.client.stream('threads.create', params))).rejects.toMatchObject({ message: 'Still down', status: 500 });
    expect(failing.calls).toHaveLength(5);
  });

  it('are not asked for again on 4xx', async () => {
    const { client: api, calls } = client(() => json(409, { message: 'Busy' }));
    await expect(collect(api.stream('threads.create', params))).rejects.toMatchObject({ message: 'Busy' });
    expect(calls).toHaveLength(1);
  });

  it('end at once when stopped, even if the fetch ignores the signal', async () => {
    const abort = new AbortController();
    let cancelled = false;
    const endless = new Response(new ReadableStream({ start: (controller) => controller.enqueue(encoder.encode('data: {"type":"one"}\n\n')), cancel: () => void (cancelled = true) }), { headers: { 'content-type': 'text/event-stream' } });
    const seen: unknown[] = [];
    for await (const event of client(() => endless).client.stream('threads.create', params, abort.signal)) {
      seen.push(event);
      abort.abort();
    }
    expect(seen).toEqual([{ type: 'one' }]);
    expect(cancelled).toBe(true);
  });
});

it('waits double each time unless the server says how long, and never more than ten seconds', () => {
  expect([1, 2, 3, 4].map((attempt) => retryDelay(attempt, null))).toEqual([300, 600, 1200, 2400]);
  expect(retryDelay(1, '1.5')).toBe(1500);
  expect(retryDelay(1, '3600')).toBe(10_000);
  expect(retryDelay(1, 'soon')).toBe(300);
});
