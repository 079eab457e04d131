import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { expect, it } from 'vitest';
import { followAnswer } from '../../../docs/guides/survive-a-refresh.js';
import { readFrames, textInput } from '../../integration/client.js';
import { serveApp } from './serve-guide.js';

it('a page that was reloaded goes on where it was, and gets each event once', async () => {
  const reloaded = Promise.withResolvers<void>();
  const chatkit = createChatKit({
    store: memoryStore(),
    async *respond() {
      yield 'Before. ';
      await reloaded.promise;
      yield 'After.';
    },
  });
  const app = express();
  app.use((request, _response, next) => {
    // The answer goes on once the page is back.
    if (request.path.endsWith('/events')) reloaded.resolve();
    next();
  });
  await using guide = await serveApp(app.use('/agent', chatkitRouter(chatkit)), chatkit);
  const client = await guide.newClient();
  const before = new AbortController();
  const response = await client.open('threads.create', { input: textInput('hello') }, { signal: before.signal, headers: { 'x-chatkit-capabilities': 'resume' } });
  let threadId = '';
  let lastEventId: string | undefined;
  for await (const { id, event } of readFrames(response)) {
    lastEventId = id ?? lastEventId;
    if (event.type === 'thread.created') threadId = event.thread.id;
    if (event.type === 'thread.item.updated' && 'delta' in event.update) break;
  }
  before.abort();

  const seen: { type: string }[] = [];
  const followed = await followAnswer({ url: guide.url, sessionId: client.sessionId, threadId, lastEventId, onEvent: (event) => seen.push(event) });
  expect(followed).toBe(true);
  expect(JSON.stringify(seen)).not.toContain('"delta":"Before. "');
  expect(JSON.stringify(seen)).toContain('"delta":"After."');
  expect(JSON.stringify(seen.at(-1))).toContain('"text":"Before. After."');
  expect(await followAnswer({ url: guide.url, sessionId: client.sessionId, threadId, onEvent: () => undefined })).toBe(false);
});
