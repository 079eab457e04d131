import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { routeHandlers } from '../../src/next/route-handlers.js';

it('answers below the base path, by every method that the server knows', async () => {
  const chatkit = createChatKit({ store: memoryStore(), basePath: '/api/assistant', respond: () => undefined });
  const handlers = routeHandlers(chatkit);
  expect(Object.keys(handlers)).toEqual(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
  const created = await handlers.POST(new Request('http://app/api/assistant/session', { method: 'POST' }));
  expect(await created.json()).toMatchObject({ session_id: expect.stringMatching(/^session-/) as unknown });
  expect((await handlers.GET(new Request('http://app/api/assistant/healthz'))).status).toBe(200);
});
