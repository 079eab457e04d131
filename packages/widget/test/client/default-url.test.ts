import { expect, it } from 'vitest';
import { createChatKitClient } from '../../src/index.js';

it('without an address, a client talks to the one that examples and documentation start', async () => {
  const asked: string[] = [];
  const client = createChatKitClient({
    storage: 'none',
    fetch: async (input, init) => {
      asked.push(`${init?.method ?? 'GET'} ${new Request(input).url}`);
      return Response.json({ session_id: 'session-1-abc', created_at: '2026-01-01T00:00:00.000Z' });
    },
  });
  expect(client.url).toBe('http://localhost:8000/agent');
  expect(await client.session()).toEqual({ sessionId: 'session-1-abc' });
  expect(asked).toEqual(['POST http://localhost:8000/agent/session']);
});
