import { afterEach, describe, expect, it } from 'vitest';
import { createChatKitClient } from '../../src/index.js';
import { fakeStorage } from '../fake-storage.js';
import { once, serve, type SeenRequest } from '../served.js';

const servers: ReturnType<typeof serve>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ chatkit }) => chatkit.close({ graceMs: 0 })));
});

/** A client whose requests to some path wait until they are let go, before or after the server has heard them. */
function setUp() {
  const server = serve();
  servers.push(server);
  const held: { path: string; when: 'asking' | 'answering'; reached: () => void; until: Promise<void> }[] = [];
  const hold = (path: string, when: 'asking' | 'answering'): { reached: Promise<void>; letGo: () => void } => {
    let reached = (): void => undefined;
    let letGo = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (reached = resolve));
    held.push({ path, when, reached, until: new Promise<void>((resolve) => (letGo = resolve)) });
    return { reached: arrival, letGo };
  };
  const send: typeof fetch = async (input, init) => {
    const index = held.findIndex(({ path }) => (input as string).includes(path));
    const [holding] = index < 0 ? [] : held.splice(index, 1);
    const waits = async (): Promise<void> => {
      holding?.reached();
      await holding?.until;
    };
    if (holding?.when === 'asking') await waits();
    const response = await server.fetch(input, init);
    if (holding?.when === 'answering') await waits();
    return response;
  };
  const storage = fakeStorage();
  const open = (): ReturnType<typeof createChatKitClient> => createChatKitClient({ url: server.url, storage, fetch: send });
  return { server, storage, hold, open, client: open() };
}

const isLook = ({ path }: SeenRequest): boolean => path.includes('/runs?');
const isCreate = ({ path, method }: SeenRequest): boolean => path.endsWith('/session') && method === 'POST';

async function withThread() {
  const here = setUp();
  const { thread_id: threadId } = await here.client.send({ message: 'hello' });
  here.client.tab.rememberThread(threadId);
  return { ...here, threadId };
}

describe('the thread of a tab', () => {
  it.each([429, 500, 502, 503])('is visible for all that is known when the server answers %i', async (status) => {
    const { server, client, threadId } = await withThread();
    server.faults.push(once(isLook, () => new Response('bad gateway', { status })));
    expect(await client.tab.look(threadId)).toEqual({ visible: true, runId: null, lastEventId: 0 });
  });

  it('is invisible when the server says that it is not there', async () => {
    const { client } = await withThread();
    expect(await client.tab.look(`thr_${'0'.repeat(32)}`)).toEqual({ visible: false, runId: null, lastEventId: 0 });
  });

  it('is kept while nobody is signed in, until a session can say', async () => {
    const { server, client, threadId } = await withThread();
    const { sessionId } = await client.session();
    await server.chatkit.sessions.end(sessionId);
    server.faults.push(once(isCreate, () => new Response('{"code":"unauthenticated"}', { status: 401 })));
    expect(await client.tab.look(threadId)).toMatchObject({ visible: true });
    await expect(client.history()).rejects.toMatchObject({ status: 401 });
    expect(client.tab.threadId()).toBe(threadId);
    await client.history();
    expect(client.tab.threadId()).toBeNull();
  });

  it.each([502, 429])('is kept when the server answers %i to the new session that asks for it', async (status) => {
    const { server, client, threadId } = await withThread();
    await server.chatkit.sessions.end((await client.session()).sessionId);
    server.faults.push(once(isLook, () => new Response('', { status })));
    await client.history();
    expect(client.tab.threadId()).toBe(threadId);
  });
});

describe('a renewal', () => {
  it('gives the session another token', async () => {
    const { server, client } = setUp();
    const { sessionId } = await client.session();
    await client.send({ message: 'hello' });
    const changes: unknown[] = [];
    client.tab.subscribe((change) => changes.push(change));
    const renewed = await client.tab.renew();
    expect(renewed).not.toBe(sessionId);
    expect(changes).toEqual([{ type: 'session', sessionId: renewed, isNew: false }]);
    expect(await server.chatkit.sessions.get(sessionId)).toBeNull();
    expect((await client.history()).data).toHaveLength(1);
  });

  it('without a session is refused', async () => {
    await expect(setUp().client.tab.renew()).rejects.toMatchObject({ status: 401, code: 'no_session' });
  });

  it('asked for twice at once happens once', async () => {
    const { server, client } = setUp();
    await client.session();
    const [one, two] = await Promise.all([client.tab.renew(), client.tab.renew()]);
    expect(one).toBe(two);
    expect(server.paths().filter((path) => path === 'POST /session/renew')).toHaveLength(1);
  });

  it.each(['the same client', 'another client of the page'])('that is not answered yet is waited for by a refused request of %s', async (which) => {
    const { server, client, hold, open, threadId } = await withThread();
    const other = which === 'the same client' ? client : open();
    await other.session();
    const renewal = hold('/session/renew', 'answering');
    const renewing = client.tab.renew();
    await renewal.reached;
    const sent = other.send({ message: 'second', threadId });
    const refused = (): number => server.requests.filter(({ path }) => path.endsWith('/chat')).length;
    await expect.poll(refused).toBe(2);
    renewal.letGo();
    expect(await sent).toMatchObject({ type: 'text', message: 'You said: second' });
    await renewing;
    expect(client.tab.threadId()).toBe(threadId);
    expect((await client.history()).data).toHaveLength(2);
    expect(server.paths().filter((path) => path === 'POST /session')).toHaveLength(1);
  });
});

describe('a logout', () => {
  it('lets no request that was on its way bring a session back', async () => {
    const { server, client, hold } = setUp();
    await client.session();
    const asked = hold('/history', 'asking');
    const history = client.history();
    await asked.reached;
    await client.logout();
    asked.letGo();
    await expect(history).rejects.toMatchObject({ status: 401 });
    expect(await client.tab.known()).toBeNull();
    expect(server.paths().filter((path) => path === 'POST /session')).toHaveLength(1);
  });

  it('ends a session that was being created', async () => {
    const { server, client, hold } = setUp();
    const creation = hold('/session', 'answering');
    const session = client.session();
    session.catch(() => undefined);
    await creation.reached;
    const loggedOut = client.logout();
    creation.letGo();
    await expect(session).rejects.toMatchObject({ code: 'no_session' });
    await loggedOut;
    expect(await client.tab.known()).toBeNull();
    await expect.poll(() => server.paths()).toContain('DELETE /session');
  });

  it('ends a session that was being renewed', async () => {
    const { server, client, hold } = setUp();
    await client.session();
    const renewal = hold('/session/renew', 'answering');
    const renewing = client.tab.renew();
    renewing.catch(() => undefined);
    await renewal.reached;
    await client.logout();
    renewal.letGo();
    await expect(renewing).rejects.toMatchObject({ code: 'no_session' });
    expect(await client.tab.known()).toBeNull();
    await expect.poll(() => server.paths().filter((path) => path === 'DELETE /session')).toHaveLength(2);
  });
});
