import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { expect, it } from 'vitest';
import { TestClient, textInput } from './client.js';
import { listen } from './serve.js';

const DELTAS = 300_000;
/** Far less than the frames of all deltas, which are some 60 MB of text. */
const MAX_GROWTH_BYTES = 24 * 1024 * 1024;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is really held: garbage is not counted. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it(`keeps memory bounded when a client never reads an answer of ${String(DELTAS)} deltas`, async () => {
  let peak = 0;
  let finished = (_runId: string): void => undefined;
  const done = new Promise<string>((resolve) => (finished = resolve));
  const chatkit = createChatKit({
    store: memoryStore(), onDisconnect: 'finish',
    async *respond() {
      for (let index = 0; index < DELTAS; index++) {
        if (index % 25_000 === 0) peak = Math.max(peak, heldBytes());
        yield 'word ';
      }
    },
    hooks: { turnEnd: ({ runId }) => finished(runId) },
  });
  const served = await listen(createServer(express().use('/agent', chatkitRouter(chatkit))));
  const client = await new TestClient(served.url).start();
  const before = heldBytes();

  const socket = await postWithoutReading(new URL(`${served.url}/chatkit`), client.sessionId);
  const runId = await done;
  const growth = peak - before;
  console.info(`peak heap growth while nobody read: ${(growth / 1024 / 1024).toFixed(1)} MiB`);
  expect(growth).toBeLessThan(MAX_GROWTH_BYTES);

  const history = await client.get('/history');
  expect((history.json['data'] as { response: { message: string } }[])[0]?.response.message).toHaveLength(DELTAS * 5);
  socket.destroy();

  // A late reader gets the folded log: the same text in far fewer events.
  const { events } = await client.get(`/runs/${runId}/events`);
  const [text] = events.flatMap((event) => (event.type === 'thread.item.done' && event.item.type === 'assistant_message' ? event.item.content.map((part) => part.text) : []));
  expect(text).toHaveLength(DELTAS * 5);
  expect(events.length).toBeLessThan(DELTAS / 20);
  await chatkit.close();
  await served.close();
}, 60_000);

/** A client that sends a request and then never takes a byte from its socket. */
async function postWithoutReading(url: URL, sessionId: string): Promise<Socket> {
  const body = JSON.stringify({ type: 'threads.create', params: { input: textInput('hello') } });
  const socket = connect(Number(url.port), url.hostname);
  socket.pause();
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(
    `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\nx-chatkit-session: ${sessionId}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
  return socket;
}
