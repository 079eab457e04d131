import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { createApp } from '../../../docs/guides/deploy-behind-a-proxy.js';
import { readFrames, textInput } from '../../integration/client.js';
import { serveApp } from './serve-guide.js';

it('events pass the compression and a proxy one by one, as they are made', async () => {
  const arrived = Promise.withResolvers<void>();
  const chatkit = createChatKit({
    store: memoryStore(),
    async *respond() {
      yield 'First. ';
      // Goes on only when the client has the first words: a buffer in between would wait forever.
      await arrived.promise;
      yield 'Last.';
    },
  });
  await using guide = await serveApp(createApp(chatkit), chatkit);
  const { port: target } = new URL(guide.url);
  const proxy = createServer((incoming, outgoing) => {
    incoming.pipe(send({ port: target, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const client = await guide.newClient();
    const response = await fetch(`http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}/agent/chatkit`, {
      method: 'POST', body: JSON.stringify({ type: 'threads.create', params: { input: textInput('hello') } }),
      headers: { ...client.headers, 'content-type': 'application/json', 'accept-encoding': 'gzip, br' },
    });
    expect(['content-type', 'content-encoding', 'cache-control', 'x-accel-buffering'].map((name) => response.headers.get(name))).toEqual(['text/event-stream', null, 'no-cache, no-transform', 'no']);
    const deltas: string[] = [];
    for await (const { event } of readFrames(response)) {
      if (event.type !== 'thread.item.updated' || !('delta' in event.update)) continue;
      deltas.push(event.update.delta);
      arrived.resolve();
    }
    expect(deltas.join('')).toBe('First. Last.');
  } finally {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
});
