import { afterEach, describe, expect, it } from 'vitest';
import { createChatKitSession, sendChatKitMessage, streamChatKitMessage } from '../../src/client/named-functions.js';
import { serve } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

function setUp(options: Parameters<typeof serve>[0] = {}) {
  const server = serve(options);
  servers.push(server);
  const sent = (path: string): unknown[] => server.requests.filter((request) => request.path.endsWith(path)).map(({ body }) => JSON.parse(body) as unknown);
  return { server, where: { url: server.url, fetch: server.fetch }, sent };
}

describe('the plain functions', () => {
  it('create a session with a label that the caller keeps', async () => {
    const { server, where, sent } = setUp();
    const { session_id: sessionId, created_at: createdAt } = await createChatKitSession('anna', where);
    expect(sent('/session')).toEqual([{ user_id: 'anna' }]);
    expect(await server.chatkit.sessions.get(sessionId)).not.toBeNull();
    expect(Number.isNaN(Date.parse(createdAt))).toBe(false);
  });

  it('tell a refusal', async () => {
    const { where } = setUp();
    await expect(createChatKitSession('x'.repeat(1_000), where)).rejects.toMatchObject({ name: 'ChatKitRequestError', status: 400 });
  });

  it('send a message with its label, thread and session', async () => {
    const { server, where, sent } = setUp();
    const { session_id: sessionId } = await createChatKitSession(undefined, where);
    const first = await sendChatKitMessage({ message: 'hello', user_id: 'anna', session_id: sessionId }, where);
    expect(first).toMatchObject({ type: 'text', message: 'You said: hello' });
    await sendChatKitMessage({ message: 'again', thread_id: first.thread_id, session_id: sessionId }, where);
    expect(sent('/chat')).toEqual([{ message: 'hello', user_id: 'anna' }, { message: 'again', thread_id: first.thread_id }]);
    expect(server.requests.slice(1).map(({ headers }) => headers.get('x-chatkit-session'))).toEqual([sessionId, sessionId]);
  });

  it('stream the text of an answer, with the label', async () => {
    const { where, sent } = setUp();
    const { session_id: sessionId } = await createChatKitSession(undefined, where);
    let text = '';
    for await (const delta of streamChatKitMessage({ message: 'hello', user_id: 'anna', session_id: sessionId }, where)) text += delta;
    expect(text).toBe('You said: hello');
    expect(sent('/chat/stream')).toEqual([{ message: 'hello', user_id: 'anna' }]);
  });

  it('stop an answer on the server when its stream is cancelled', async () => {
    let aborted = false;
    const { where } = setUp({
      respond: async function* ({ signal }) {
        yield 'first words';
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        aborted = true;
      },
    });
    const { session_id: sessionId } = await createChatKitSession(undefined, where);
    const reader = streamChatKitMessage({ message: 'Go on', session_id: sessionId }, where).getReader();
    expect(await reader.read()).toEqual({ done: false, value: 'first words' });
    await reader.cancel();
    await expect.poll(() => aborted).toBe(true);
  });

  it('tell a stream’s reader when the answer failed', async () => {
    const { where } = setUp({
      respond: () => {
        throw new Error('secret');
      },
    });
    const { session_id: sessionId } = await createChatKitSession(undefined, where);
    await expect(streamChatKitMessage({ message: 'hello', session_id: sessionId }, where).getReader().read()).rejects.toThrow(/^(?!.*secret)/);
  });
});
