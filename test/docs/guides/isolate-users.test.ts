import { expect, it } from 'vitest';
import { createAssistant, type User } from '../../../docs/guides/isolate-users.js';
import { TestClient } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

const users: Record<string, User> = { 'login=a': { id: 'u1', name: 'Ada' }, 'login=b': { id: 'u2', name: 'Bob' } };

it('a user sees their own threads, on all of their devices, and nobody else’s', async () => {
  await using guide = await serveGuide(createAssistant(async (request) => users[request.headers.get('cookie') ?? ''] ?? null));
  const signedIn = async (cookie: string): Promise<TestClient> => {
    const client = new TestClient(guide.url);
    client.headers = { cookie };
    const { json } = await client.post('/session', {});
    client.headers = { cookie, 'x-chatkit-session': String(json['session_id']) };
    return client;
  };
  const ada = await signedIn('login=a');
  const { threadId } = await ada.createThread('hello');
  expect(JSON.stringify(await ada.items(threadId))).toContain('Ada said: hello');
  expect((await (await signedIn('login=a')).call('threads.get_by_id', { thread_id: threadId })).status).toBe(200);

  const bob = await signedIn('login=b');
  const visible = ({ status, json }: Awaited<ReturnType<TestClient['call']>>) => ({ status, code: json['code'], message: json['message'] });
  const foreign = visible(await bob.call('threads.get_by_id', { thread_id: threadId }));
  expect(foreign).toEqual(visible(await bob.call('threads.get_by_id', { thread_id: 'thr_absent' })));
  expect(foreign.status).toBe(404);
  expect((await bob.call('threads.list', {})).json['data']).toEqual([]);

  expect((await new TestClient(guide.url).post('/session', {})).status).toBe(401);
  const thief = new TestClient(guide.url);
  thief.headers = { cookie: 'login=b', 'x-chatkit-session': ada.sessionId };
  expect((await thief.call('threads.list', {})).status).toBe(401);
});
