import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createChatKit, type ChatKitServer } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import compression from 'compression';
import express5, { type Express, type RequestHandler } from 'express';
import express4 from 'express4';
import { afterEach, describe, expect, it } from 'vitest';
import { chatkitRouter } from '../src/index.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(app: Express): Promise<string> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function echo(): ChatKitServer {
  return createChatKit({
    store: memoryStore(),
    async *respond({ userText }) {
      yield 'You said: ';
      yield userText;
    },
  });
}

const json = { 'content-type': 'application/json' };
async function converse(base: string, message = 'hello'): Promise<{ status: number; body: Record<string, unknown> }> {
  const session = await fetch(`${base}/session`, { method: 'POST', headers: json, body: '{}' });
  const { session_id: sessionId } = (await session.json()) as { session_id: string };
  const response = await fetch(`${base}/chat`, { method: 'POST', headers: json, body: JSON.stringify({ session_id: sessionId, message }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** As `fetch` does not: any `Host`, any address. */
async function ask(base: string, headers: Record<string, string>, options: { path?: string; method?: string } = {}): Promise<{ status: number; body: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => httpRequest(base, { headers, ...options }, resolve).on('error', reject).end());
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}

const versions: [string, () => Express, typeof express5.json, typeof express5.Router][] = [
  ['Express 5', () => express5(), express5.json, express5.Router],
  ['Express 4', () => express4() as unknown as Express, express4.json, express4.Router as unknown as typeof express5.Router],
];

describe.each(versions)('chatkitRouter on %s', (_name, createApp, parseJson, createRouter) => {
  it.each(['/', '/agent', '/deeply/nested/mount'])('works mounted at %s', async (mount) => {
    const base = await listen(createApp().use(mount, chatkitRouter(echo())));
    expect((await converse(base + (mount === '/' ? '' : mount))).body).toMatchObject({ message: 'You said: hello' });
  });

  it('works inside of another router, and leaves all other addresses to the app', async () => {
    const inner = createRouter().use('/chat', chatkitRouter(echo()));
    const app = createApp().use('/api', inner).get('/other', (_request, response) => void response.send('the app'));
    const base = await listen(app);
    expect((await converse(`${base}/api/chat`)).body).toMatchObject({ message: 'You said: hello' });
    expect(await (await fetch(`${base}/other`)).text()).toBe('the app');
  });

  it('takes a body that the app has parsed before', async () => {
    const base = await listen(createApp().use(parseJson()).use('/agent', chatkitRouter(echo())));
    expect((await converse(`${base}/agent`, 'ünïcode 🎈')).body).toMatchObject({ message: 'You said: ünïcode 🎈' });
  });

  it('answers an empty body that a parser has seen', async () => {
    const base = await listen(createApp().use(parseJson()).use('/agent', chatkitRouter(echo())));
    expect((await fetch(`${base}/agent/session`, { method: 'POST' })).status).toBe(200);
  });

  it('holds the size limit whether or not a parser ran', async () => {
    const chatkit = createChatKit({ store: memoryStore(), respond: () => undefined, limits: { maxBodyBytes: 1_000 } });
    for (const handlers of [[], [parseJson({ limit: '1mb' })]] as RequestHandler[][]) {
      const app = createApp();
      for (const handler of handlers) app.use(handler);
      const base = await listen(app.use('/agent', chatkitRouter(chatkit)));
      const response = await fetch(`${base}/agent/chat`, { method: 'POST', headers: json, body: JSON.stringify({ message: 'x'.repeat(2_000) }) });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([413, 'body_too_large']);
    }
  });

  it('answers a parsed body that is nested too deeply to be written again with 400', async () => {
    const base = await listen(createApp().use(parseJson()).use('/agent', chatkitRouter(echo())));
    const response = await fetch(`${base}/agent/chat`, { method: 'POST', headers: json, body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` });
    const answer = (await response.json()) as Record<string, unknown>;
    expect([response.status, answer['code'], answer['path']]).toEqual([400, 'invalid_request', '']);
    expect(answer['request_id']).toBe(response.headers.get('x-request-id'));
  });

  it.each(['a@b', 'a:b@c', '@', 'a/b?c=d', 'a?order=bogus&', 'a#b', 'a\\b', '[::1', 'a b', '%', 'a:99999', 'xn--', '<script>', 'ä', ''])('answers as ever when the client calls it the host %j', async (host) => {
    const base = await listen(createApp().use('/agent', chatkitRouter(echo())));
    const { session_id: sessionId } = (await (await fetch(`${base}/agent/session`, { method: 'POST', headers: json, body: '{}' })).json()) as { session_id: string };
    const answer = await ask(`${base}/agent/history?limit=1`, { host, 'x-chatkit-session': sessionId });
    expect([answer.status, answer.body]).toEqual([200, '{"data":[],"has_more":false}']);
  });

  it.each(['*', '//', '//a@b/agent', '/agent/%', '/agent/%00?%', '/agent/\\\\x', 'http://a@b/agent/healthz', 'http://[/agent', '/agent?a=//b'])('tells no internals for the address %j', async (path) => {
    const base = await listen(createApp().use('/', chatkitRouter(echo())));
    const answer = await ask(base, {}, { path, method: 'OPTIONS' });
    expect([204, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('    at ');
  });

  it('refuses by itself, in the same form, what has no form as a web request', async () => {
    const app = createApp();
    app.use((request, _response, next) => {
      request.method = 'TRACK';
      next();
    });
    const response = await fetch(await listen(app.use(chatkitRouter(echo()))));
    const answer = (await response.json()) as Record<string, unknown>;
    expect([response.status, answer['code']]).toEqual([400, 'invalid_request']);
    expect(answer['request_id']).toBe(response.headers.get('x-request-id'));
  });

  it('streams piece by piece behind compression', async () => {
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    const chatkit = createChatKit({
      store: memoryStore(),
      async *respond() {
        yield 'first ';
        await waiting;
        yield 'second';
      },
    });
    const app = createApp();
    app.use(compression({ threshold: 0, filter: () => true }));
    const base = await listen(app.use('/agent', chatkitRouter(chatkit)));
    const { session_id: sessionId } = (await (await fetch(`${base}/agent/session`, { method: 'POST', headers: json, body: '{}' })).json()) as { session_id: string };
    // no-transform keeps `compression` away from the stream; the words arrive one by one.
    const response = await fetch(`${base}/agent/chat/stream`, { method: 'POST', headers: json, body: JSON.stringify({ session_id: sessionId, message: 'go' }) });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: {"delta":"first "}\n\n');
    goOn();
    expect((await reader?.read())?.value).toContain('second');
  });

  it('compressed JSON answers are whole', async () => {
    const app = createApp();
    app.use(compression({ threshold: 0 }));
    const base = await listen(app.use('/agent', chatkitRouter(echo())));
    const answer = await new Promise<IncomingMessage>((resolve) => httpRequest(`${base}/agent/healthz`, { headers: { 'accept-encoding': 'gzip' } }, resolve).end());
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe('{"status":"ok"}');
  });

  it('aborts the turn when the client goes', async () => {
    let aborted = (): void => undefined;
    const whenAborted = new Promise<void>((resolve) => (aborted = resolve));
    const chatkit = createChatKit({
      store: memoryStore(),
      async *respond({ signal }) {
        signal.addEventListener('abort', aborted);
        yield 'begun';
        await whenAborted;
      },
    });
    const base = await listen(createApp().use('/agent', chatkitRouter(chatkit)));
    const { session_id: sessionId } = (await (await fetch(`${base}/agent/session`, { method: 'POST', headers: json, body: '{}' })).json()) as { session_id: string };
    const controller = new AbortController();
    const response = await fetch(`${base}/agent/chat/stream`, { method: 'POST', headers: json, body: JSON.stringify({ session_id: sessionId, message: 'go' }), signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await whenAborted;
  });
});
