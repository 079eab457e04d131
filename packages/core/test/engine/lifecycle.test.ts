import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChatKit, type Store } from '../../src/index.js';
import { chatServer, owner, silent, texts, type ChatServer } from './chat-server.js';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** A server whose answers go on until they are let go (or stopped). */
function slowServer(store: Store = memoryStore()): ChatServer & { letGo: () => void; begun: () => boolean } {
  let letGo: () => void = () => undefined;
  let begun = false;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  return { ...chatServer({ store, async *respond() {
    yield 'first';
    begun = true;
    await gate;
    yield ' last';
  } }), letGo: () => letGo(), begun: () => begun };
}

async function onlyThread({ store, items }: ChatServer): Promise<string[]> {
  const [thread] = (await store.threads.list(owner, {}))?.data ?? [];
  return texts(await items(thread?.id ?? ''));
}

describe('ready', () => {
  it('sets every backend up once, however often it is asked for', async () => {
    let count = 0;
    const store = memoryStore();
    const setup = async (): Promise<void> => void count++;
    const server = chatServer({ store: { threads: { ...store.threads, setup }, sessions: { ...store.sessions, setup }, history: store.history, runs: store.runs }, respond: () => undefined });
    await Promise.all([server.chatkit.ready(), server.chatkit.ready(), server.create('x')]);
    expect(count).toBe(1);
  });

  it('is tried again after it failed', async () => {
    let fails = true;
    const store = memoryStore();
    const server = chatServer({ store: { ...store, runs: { ...store.runs, setup: async () => {
      if (fails) throw new Error('starting');
    } } }, respond: () => undefined });
    await expect(server.chatkit.ready()).rejects.toThrow('starting');
    expect(await server.call('threads.list', {})).toMatchObject({ status: 500 });
    fails = false;
    expect(await server.call('threads.list', {})).toMatchObject({ status: 200 });
  });
});

describe('close', () => {
  it('lets running turns end, then closes each backend once', async () => {
    const closed: string[] = [];
    const store = memoryStore();
    const close = async (): Promise<void> => void closed.push(String(server.begun()));
    const server = slowServer({ threads: { ...store.threads, close }, history: { ...store.history, close }, sessions: store.sessions, runs: store.runs });
    const turn = server.create('x');
    await vi.waitFor(() => expect(server.begun()).toBe(true));
    const closing = server.chatkit.close();
    expect(closed).toEqual([]);
    server.letGo();
    await Promise.all([turn, closing]);
    expect(await onlyThread(server)).toEqual(['x', 'first last']);
    expect(closed).toEqual(['true']);
  });

  it('stops turns that take longer, with their text kept', async () => {
    const server = slowServer();
    void server.create('x');
    await vi.waitFor(() => expect(server.begun()).toBe(true));
    await server.chatkit.close({ graceMs: 20 });
    expect(await onlyThread(server)).toEqual(['x', 'first']);
  });

  it('is one end, however often it is asked for, and what `await using` does', async () => {
    let closed = 0;
    const store = memoryStore();
    {
      await using chatkit = createChatKit({ store: { ...store, runs: { ...store.runs, close: async () => {
        closed++;
        throw new Error('ignored: the rest is to be closed all the same');
      } } }, respond: () => undefined });
      await chatkit.close();
    }
    expect(closed).toBe(1);
  });
});

describe('clean-up', () => {
  it('takes away expired sessions, old runs and the dead', async () => {
    let time = Date.parse('2026-01-01T00:00:00.000Z');
    const store = memoryStore({ now: () => time });
    const server = chatServer({ store, respond: () => undefined, hooks: { turnEnd: ({ outcome }) => void outcomes.push(outcome) } });
    const outcomes: string[] = [];
    await server.chatkit.sessions.create();
    const { threadId } = await server.create('x');
    expect(await server.chatkit.cleanup()).toMatchObject({ sessions: 0, runs: 0, recovered: 0 });
    await store.runs.start(owner, { runId: 'run_dead', threadId, leaseMs: 1_000, turn: {} });
    time += 11 * 60_000;
    expect(await server.chatkit.cleanup()).toMatchObject({ sessions: 0, runs: 1, recovered: 1 });
    expect(outcomes).toEqual(['completed', 'interrupted']);
    time += 60 * 60_000;
    expect(await server.chatkit.cleanup()).toMatchObject({ sessions: 1, runs: 1, recovered: 0 });
  });

  it('goes on by itself when it is started, after failures too, until it is stopped', async () => {
    let asked = 0;
    const warnings: unknown[] = [];
    const store = memoryStore();
    const chatkit = createChatKit({ store: { ...store, runs: { ...store.runs, prune: async () => {
      if (++asked === 1) throw new Error('with content');
      return 0;
    } } }, respond: () => undefined, logger: { ...silent, warn: (...given: unknown[]) => warnings.push(given) } });
    const stop = chatkit.startCleanup({ everyMs: 2 });
    stops.push(stop);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(2));
    stop();
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('with content');
  });

  it('never runs twice at a time, and ends with the server', async () => {
    let underWay = 0;
    let most = 0;
    let rounds = 0;
    const store = memoryStore();
    const chatkit = createChatKit({ store: { ...store, runs: { ...store.runs, prune: async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 10));
      underWay--;
      rounds++;
      return 0;
    } } }, respond: () => undefined });
    stops.push(chatkit.startCleanup({ everyMs: 1 }));
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(2));
    expect(most).toBe(1);
    await chatkit.close();
  });
});

describe('deleteOwner', () => {
  it('leaves nothing, also while a turn is going', async () => {
    const server = slowServer();
    const turn = server.create('x');
    await vi.waitFor(() => expect(server.begun()).toBe(true));
    await server.chatkit.sessions.create({ ownerId: owner.ownerId });
    await server.chatkit.deleteOwner(owner);
    await turn;
    expect((await server.store.threads.list(owner, {}))?.data).toEqual([]);
    expect((await server.store.history.query(owner, {}))?.data).toEqual([]);
    expect(await server.store.sessions.remove({ ownerId: owner.ownerId })).toBe(0);
  });

  it('leaves the turns of others alone', async () => {
    const server = slowServer();
    const turn = server.create('x');
    await vi.waitFor(() => expect(server.begun()).toBe(true));
    await server.chatkit.deleteOwner({ ownerId: 'eve' });
    server.letGo();
    await turn;
    expect(await onlyThread(server)).toEqual(['x', 'first last']);
  });
});

describe('options', () => {
  it('refuses limits that are none', () => {
    for (const value of [0, -1, Number.NaN]) {
      expect(() => createChatKit({ store: memoryStore(), respond: () => undefined, limits: { maxMessageChars: value } })).toThrow('limits.maxMessageChars must be a positive number.');
    }
  });

  it('takes limits as given, and pages of 100 at the most', async () => {
    expect(createChatKit({ store: memoryStore(), respond: () => undefined, limits: { maxBodyBytes: 5_000, maxPageSize: 1_000, maxDepth: undefined } }).maxBodyBytes).toBe(5_000);
    const server = chatServer({ respond: () => undefined, limits: { maxPageSize: 1 } });
    await server.create('a');
    await server.create('b');
    expect((await server.call('threads.list', { limit: 50 })).json).toMatchObject({ data: [{}], has_more: true });
  });

  it.each([['/agent', '/agent/healthz', 200], ['agent/', '/agent/healthz', 200], ['/', '/healthz', 200], ['/a/b', '/a/b/healthz', 200], ['/agent', '/agents/healthz', 404], ['/agent', '/agent', 404], ['/agent', '/healthz', 404]])(
    'basePath %s and address %s: %s', async (basePath, path, status) => {
      const chatkit = createChatKit({ store: memoryStore(), respond: () => undefined, basePath });
      const response = await chatkit.fetch(new Request(`http://chat.local${path}`));
      expect(response.status).toBe(status);
      expect(response.headers.get('x-request-id') ?? (await response.text())).toMatch(/req_/);
    },
  );

  it('allowCancel may depend on the thread', async () => {
    const options = async (allowCancel?: boolean | (() => boolean)): Promise<unknown> =>
      (await chatServer({ respond: () => undefined, allowCancel }).create('x')).events.find((event) => event.type === 'stream_options');
    expect(await options()).toMatchObject({ stream_options: { allow_cancel: true } });
    expect(await options(false)).toMatchObject({ stream_options: { allow_cancel: false } });
    expect(await options(() => false)).toMatchObject({ stream_options: { allow_cancel: false } });
  });

  it('runs.cancel stops a run of an owner', async () => {
    const server = slowServer();
    const turn = server.create('x');
    await vi.waitFor(() => expect(server.begun()).toBe(true));
    const [thread] = (await server.store.threads.list(owner, {}))?.data ?? [];
    const run = await server.store.runs.getActive(owner, { threadId: thread?.id ?? '' });
    expect(await server.chatkit.runs.cancel({ ownerId: 'eve', runId: run?.runId ?? '' })).toBe(false);
    expect(await server.chatkit.runs.cancel({ ownerId: 'ada', runId: run?.runId ?? '' })).toBe(true);
    await turn;
    expect(await onlyThread(server)).toEqual(['x', 'first']);
    expect((await server.items(thread?.id ?? '')).at(-1)?.type).toBe('sdk_hidden_context');
  });
});
