import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express, { type RequestHandler } from 'express';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from './client.js';
import { listen, type Served } from './serve.js';

const served: Served[] = [];
afterEach(async () => {
  await Promise.all(served.splice(0).map((each) => each.close()));
});

const owner = { ownerId: 'ada' };
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const hello = JSON.stringify({ type: 'threads.create', params: { input: { content: [{ type: 'input_text', text: 'hi' }], attachments: [], inference_options: {} } } });

async function serve(respond: Parameters<typeof createChatKit>[0]['respond'], { before = [], mount = '/agent' }: { before?: RequestHandler[]; mount?: string } = {}) {
  const store = memoryStore();
  const chatkit = createChatKit({ store, authenticate: () => owner, logger: quiet, respond });
  const app = express();
  for (const handler of before) app.use(handler);
  const server = await listen(createServer(app.use(mount, chatkitRouter(chatkit))), mount === '/' ? '' : mount);
  served.push(server);
  return { store, chatkit, url: new URL(server.url) };
}

/** What the server answers to these bytes, until it closes the connection. */
function raw(url: URL, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString())).on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('an Express app', () => {
  it('stops the turn of a client that went while the app\'s own handlers took their time', async () => {
    let arrived = (): void => undefined;
    const whenArrived = new Promise<void>((resolve) => (arrived = resolve));
    const slow: RequestHandler = (_request, response, next) => {
      arrived();
      response.once('close', () => setImmediate(next));
    };
    let aborted = false;
    const { store, url } = await serve(async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = true;
    }, { before: [express.json(), slow] });
    const outgoing = httpRequest(`${url.href}/chatkit`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    outgoing.on('error', () => undefined).end(hello);
    await whenArrived;
    outgoing.destroy();
    const record = await until(async () => (await store.history.query(owner, {}))?.data[0]);
    expect([record.outcome, aborted]).toEqual(['cancelled', true]);
  });

  it.each(['a b^c', '[', 'host:port', '%', '/'])('answers a request whose host is %s', async (host) => {
    const { url } = await serve(() => undefined);
    expect(await raw(url, `GET /agent/healthz HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)).toContain('{"status":"ok"}');
  });

  it('answers HTTP/1.0 without a host', async () => {
    const { url } = await serve(() => undefined);
    expect(await raw(url, 'GET /agent/healthz HTTP/1.0\r\n\r\n')).toContain('{"status":"ok"}');
  });

  it('answers an absolute address, query and all', async () => {
    const { url } = await serve(() => undefined);
    const answer = await raw(url, `GET http://proxied.example/agent/runs?thread_id=thr_none HTTP/1.1\r\nhost: proxied.example\r\nconnection: close\r\n\r\n`);
    expect(answer).toContain('"code":"not_found"');
    expect(answer).toContain('"message":"Not found."');
  });

  it('does not take an address that begins with two slashes for another host', async () => {
    const { url } = await serve(() => undefined, { mount: '/' });
    expect(await raw(url, 'GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toContain(' 404 ');
  });

  it('leaves TRACE, which has no form as a web request, to the app', async () => {
    const { url } = await serve(() => undefined);
    expect(await raw(url, 'TRACE /agent/chatkit HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toContain(' 404 ');
  });

  it('tells the sender of a long body in chunks that it is too large, instead of breaking the connection', async () => {
    const { url } = await serve(() => undefined);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = httpRequest(`${url.href}/chatkit`, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
      for (let sent = 0; sent < 1_000_000; sent += 50_000) outgoing.write('x'.repeat(50_000));
      outgoing.end();
    });
    expect(status).toBe(413);
  });
});
