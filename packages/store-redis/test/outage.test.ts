import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailableError, type Store } from '@chatkit-selfhost/core';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.js';
import { freshPrefix, openClient, redisUrl } from './open-redis-backend.js';
import { startRestartableRedis } from './restartable-redis.js';
import { events, item, run, session, thread } from './samples.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

const TIMEOUT_MS = 300;
const opened: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openProxied(): Promise<{ proxy: TcpProxy; client: Redis; store: Store }> {
  const proxy = await startTcpProxy(Number(new URL(redisUrl()).port));
  const client = openClient(proxy.port);
  const store = redisStore({ client, keyPrefix: freshPrefix(), commandTimeoutMs: TIMEOUT_MS });
  opened.push(() => proxy.close(), async () => { client.disconnect(); }, () => store.runs.close?.());
  await store.runs.setup?.();
  return { proxy, client, store };
}

/** Every part's answer while the server is away. */
function callAll(store: Store): Promise<PromiseSettledResult<unknown>[]> {
  const scope = { ownerId: 'ada' };
  return Promise.allSettled([
    store.sessions.create(session()),
    store.threads.write(scope, { threadId: 'thread', create: thread('thread') }),
    store.threads.listItems(scope, { threadId: 'thread' }),
    store.history.query(scope, {}),
    store.runs.start(scope, run()),
    store.runs.follow(scope, { runId: 'run', after: 0, signal: AbortSignal.timeout(60_000) })[Symbol.asyncIterator]().next(),
    store.runs.check?.(),
  ]);
}

function expectUnavailable(results: PromiseSettledResult<unknown>[]): void {
  for (const result of results) {
    expect(result.status).toBe('rejected');
    const error: unknown = result.status === 'rejected' ? result.reason : undefined;
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(error).toMatchObject({ status: 503, code: 'store_unavailable', retryAfter: 1 });
  }
}

describe('a server that is away', () => {
  it('makes every call fail in time, and works again by itself when it is back', async () => {
    const { proxy, store } = await openProxied();
    proxy.block();
    const began = Date.now();
    expectUnavailable(await callAll(store));
    expect(Date.now() - began).toBeLessThan(10 * TIMEOUT_MS);
    proxy.restore();
    await expect.poll(() => store.sessions.create(session()).catch(() => null)).not.toBeNull();
  });

  it('that hangs with its connections open is one that is away', async () => {
    const { proxy, store } = await openProxied();
    proxy.stall();
    expectUnavailable(await callAll(store));
    proxy.restore();
    await expect.poll(() => store.sessions.create(session()).catch(() => null)).not.toBeNull();
  });

  it('gets nothing later that callers sent while it was away', async () => {
    const { proxy, client, store } = await openProxied();
    proxy.block();
    await expect.poll(() => client.status).not.toBe('ready');
    const scope = { ownerId: 'ada' };
    const chat = thread();
    await expect(store.threads.write(scope, { threadId: chat.id, create: chat })).rejects.toBeInstanceOf(StoreUnavailableError);
    proxy.restore();
    await expect.poll(() => store.runs.check?.().then(() => true, () => false)).toBe(true);
    expect(await store.threads.get(scope, { threadId: chat.id })).toBeNull();
  });

  it('is logged with the reason', async () => {
    const { proxy, client, store } = await openProxied();
    proxy.block();
    await expect.poll(() => client.status).not.toBe('ready');
    const error: unknown = await store.runs.check?.().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect((error as StoreUnavailableError).cause).toMatchObject({ message: `No connection to Redis within ${TIMEOUT_MS} ms.`, [Symbol.for('chatkit-selfhost.safe-to-log')]: true });
  });

  it('is not waited for by a client that was closed', async () => {
    const { client, store } = await openProxied();
    client.disconnect();
    await expect.poll(() => client.status).toBe('end');
    expectUnavailable(await callAll(store));
  });

  it('is connected to by a client that connects lazily', async () => {
    const client = new Redis(redisUrl(), { lazyConnect: true, enableOfflineQueue: false });
    opened.push(async () => { client.disconnect(); });
    expect(await redisStore({ client, keyPrefix: freshPrefix() }).sessions.create(session())).not.toBeNull();
  });
});

describe('a server that was killed', () => {
  it('is used again on the same port, though it knows no script any more', async () => {
    const server = await startRestartableRedis();
    const client = openClient(server.port);
    const store = redisStore({ client, commandTimeoutMs: TIMEOUT_MS });
    opened.push(() => server.stop(), async () => { client.disconnect(); });
    expect(await store.sessions.create(session())).not.toBeNull();
    await server.kill();
    expectUnavailable(await callAll(store));
    await server.start();
    await expect.poll(() => store.sessions.create(session()).catch(() => null), { timeout: 10_000 }).not.toBeNull();
  });

  it('keeps what was acknowledged, where its append-only file is written always', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatkit-redis-data-'));
    const server = await startRestartableRedis({ dir: folder, appendonly: 'yes', appendfsync: 'always' });
    const client = openClient(server.port);
    const store = redisStore({ client });
    opened.push(async () => { rmSync(folder, { recursive: true, force: true }); }, () => server.stop(), async () => { client.disconnect(); });
    const [scope, chat] = [{ ownerId: 'ada' }, thread()];
    const [message, tab] = [item(chat.id), session()];
    await store.threads.write(scope, { threadId: chat.id, create: chat, put: [message] });
    await store.sessions.create(tab);
    const started = await store.runs.start(scope, run({ threadId: chat.id }));
    if (started.outcome !== 'started') throw new Error('a fresh thread is free');
    await store.runs.append(started.run, { events: events(1, 2) });
    await server.kill();
    await server.start();
    await expect.poll(() => store.runs.check?.().then(() => true, () => false), { timeout: 10_000 }).toBe(true);
    expect((await store.threads.listItems(scope, { threadId: chat.id }))?.data).toEqual([message]);
    expect((await store.sessions.get(tab))?.id).toBe(tab.id);
    expect(await store.runs.append(started.run, { events: events(3, 3) })).toBe('written');
  });

  it('that is full answers like one that is away, and keeps what it has', async () => {
    const server = await startRestartableRedis({ maxmemory: '4mb' });
    const client = openClient(server.port);
    const store = redisStore({ client });
    opened.push(() => server.stop(), async () => { client.disconnect(); });
    const [scope, chat] = [{ ownerId: 'ada' }, thread()];
    await store.threads.write(scope, { threadId: chat.id, create: chat, put: [item(chat.id)] });
    const large = { ...item(chat.id), type: 'hidden_context_item' as const, content: 'x'.repeat(100_000) };
    const fill = async () => {
      for (let count = 0; count < 100; count += 1) await store.threads.write(scope, { threadId: chat.id, put: [{ ...large, id: `large-${count}` }] });
    };
    await expect(fill()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect((await store.threads.listItems(scope, { threadId: chat.id, order: 'asc' }))?.data[0]?.type).toBe('assistant_message');
  });
});
