import { randomHex, type Store } from '@chatkit-selfhost/core';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.js';
import { freshPrefix, openClient, redisUrl } from './open-redis-backend.js';
import { events, item, run, session, thread } from './samples.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

const scope = { ownerId: 'ada' };

/** A client sends a command again when its connection is lost before the answer. The server has done it by then. */
describe('a command that the client sends twice', () => {
  let proxy: TcpProxy;
  let clients: Redis[];
  let store: Store;
  let observer: Store;
  const keyPrefix = freshPrefix();

  beforeAll(async () => {
    proxy = await startTcpProxy(Number(new URL(redisUrl()).port));
    clients = [openClient(proxy.port), openClient()];
    [store, observer] = clients.map((client) => redisStore({ client, keyPrefix, commandTimeoutMs: 10_000 })) as [Store, Store];
  });
  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await proxy.close();
  });

  /** Calls the store, loses the answer once `done` has seen the effect, and lets the client reconnect. The script is known to the server from `observer`. */
  async function twice<T>(call: () => Promise<T>, done: () => Promise<boolean>): Promise<T> {
    await store.runs.check?.();
    proxy.loseReplies();
    const answer = call();
    answer.catch(() => undefined);
    try {
      await expect.poll(done).toBe(true);
    } finally {
      proxy.restore();
    }
    return answer;
  }
  async function start(fields = {}) {
    const started = await observer.runs.start(scope, run(fields));
    return started.outcome === 'started' ? started.run : expect.fail('a fresh thread is free');
  }

  it('starts a run once, and says that it started', async () => {
    await start();
    const wanted = run({ idempotencyKey: 'once' });
    const started = await twice(() => store.runs.start(scope, wanted), async () => (await observer.runs.get(scope, wanted)) !== null);
    expect(started.outcome).toBe('started');
  });

  it('begins a turn once', async () => {
    const begin = (on: Store, threadId: string) => {
      const chat = thread(threadId);
      return on.threads.beginTurn?.(scope, { run: run({ threadId }), write: { threadId, create: chat, put: [item(threadId)] }, read: {} }) ?? expect.fail('there is a fast path');
    };
    await begin(observer, 'warm');
    const begun = await twice(() => begin(store, 'chat'), async () => (await observer.threads.get(scope, { threadId: 'chat' })) !== null);
    expect(begun.outcome === 'started' && begun.items.data).toHaveLength(1);
  });

  it('appends each event once', async () => {
    const lease = await start();
    await store.runs.append(lease, { events: events(1, 2) });
    const lastSeq = async () => (await observer.runs.get(scope, lease))?.lastSeq;
    const written = await twice(() => store.runs.append(lease, { events: events(3, 5), snapshot: { seq: 4, events: ['folded'] } }), async () => (await lastSeq()) === 5);
    expect(written).toBe('written');
    expect(await lastSeq()).toBe(5);
    await observer.runs.finish(lease, { status: 'completed' });
    const followed = [];
    for await (const event of observer.runs.follow(scope, { runId: lease.runId, after: 0, signal: AbortSignal.timeout(5000) })) followed.push(event.seq);
    expect(followed).toEqual([4, 5]);
  });

  it('makes a session once, also where there is room for one only', async () => {
    await observer.sessions.create(session({ ownerId: 'warm' }));
    const wanted = session({ maxPerOwner: 1 });
    const created = twice(() => store.sessions.create(wanted), async () => (await clients[1]?.exists(`${keyPrefix}{o.ada}:session:${wanted.id}`)) === 1);
    expect((await created)?.id).toBe(wanted.id);
  });

  it('rotates a token, and says so', async () => {
    const tab = session({ ownerId: 'bob' });
    await observer.sessions.create(tab);
    await observer.sessions.rotate({ from: tab.tokenHash, to: (tab.tokenHash = randomHex(32)) });
    const to = randomHex(32);
    await store.sessions.get(tab);
    const rotated = twice(() => store.sessions.rotate({ from: tab.tokenHash, to }), async () => (await observer.sessions.get(tab)) === null);
    expect(await rotated).toBe(true);
    expect((await observer.sessions.get({ tokenHash: to }))?.id).toBe(tab.id);
  });

  it('claims an approval for the one who asked, and for nobody else', async () => {
    for (const id of ['warm', 'approval']) await observer.runs.saveApproval(scope, { id, threadId: 'thread', state: `state of ${id}` });
    await observer.runs.claimApproval(scope, { id: 'warm' });
    const gone = async () => (await clients[1]?.hexists(`${keyPrefix}{o.ada}:approvals`, 'approval')) === 0;
    expect(await twice(() => store.runs.claimApproval(scope, { id: 'approval' }), gone)).toEqual({ threadId: 'thread', state: 'state of approval' });
    expect(await store.runs.claimApproval(scope, { id: 'approval' })).toBeNull();
    expect(await observer.runs.claimApproval(scope, { id: 'approval' })).toBeNull();
  });
});
