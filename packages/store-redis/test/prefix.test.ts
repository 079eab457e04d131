import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../../scripts/services/redis-server.ts';
import { redisStore } from '../src/index.js';
import { allKeys } from './all-keys.js';
import { deleteOwner, fillOwner } from './fill-owner.js';
import { freshPrefix, openClient, redisUrl } from './open-redis-backend.js';
import { events, item, run, session, thread } from './samples.js';

describe('the key prefix', () => {
  let client: Redis;
  beforeAll(() => {
    client = openClient();
  });
  afterAll(() => {
    client.disconnect();
  });

  it('separates stores on one server, with the same owners and ids in each', async () => {
    const prefix = freshPrefix();
    const [shop, desk] = [redisStore({ client, keyPrefix: `${prefix}shop:` }), redisStore({ client, keyPrefix: `${prefix}shop:desk:` })];
    const [scope, chat, tab] = [{ ownerId: 'ada' }, thread(), session()];
    await shop.threads.write(scope, { threadId: chat.id, create: chat, put: [item(chat.id)] });
    await shop.sessions.create(tab);
    const started = await shop.runs.start(scope, run({ threadId: chat.id, leaseMs: 1 }));
    expect(await desk.threads.get(scope, { threadId: chat.id })).toBeNull();
    expect(await desk.sessions.get(tab)).toBeNull();
    expect(started.outcome === 'started' && (await desk.runs.get(scope, started.run))).toBeNull();
    expect(await desk.runs.recover({ leaseMs: 1000, limit: 10 })).toEqual([]);

    await fillOwner(desk, 'ada');
    const before = await allKeys(client, `${prefix}shop:{`);
    await deleteOwner(desk, 'ada');
    expect(await allKeys(client, `${prefix}shop:{`)).toEqual(before);
    expect(await allKeys(client, `${prefix}shop:desk:`)).toEqual([]);
  });

  it('begins every key', async () => {
    const server = await startRedis();
    const alone = openClient(server.port);
    await fillOwner(redisStore({ client: alone, keyPrefix: 'shop:' }), 'ada');
    expect(await allKeys(alone, 'shop:{')).toEqual(await allKeys(alone, ''));
    alone.disconnect();
    await server.stop();
  });

  it('comes after the client\'s own, and following a run works with both', async () => {
    const own = freshPrefix();
    const prefixed = new Redis(redisUrl(), { keyPrefix: own });
    const store = redisStore({ client: prefixed, keyPrefix: 'chat:' });
    const scope = { ownerId: 'ada' };
    const started = await store.runs.start(scope, run());
    if (started.outcome !== 'started') throw new Error('a fresh thread is free');
    const followed = store.runs.follow(scope, { runId: started.run.runId, after: 0, signal: AbortSignal.timeout(10_000) })[Symbol.asyncIterator]();
    const received = followed.next();
    await expect.poll(async () => (await client.pubsub('CHANNELS', `${own}chat:*`)) as string[]).toHaveLength(1);
    await store.runs.append(started.run, { events: events(1, 1) });
    expect((await received).value).toEqual(events(1, 1)[0]);
    expect((await allKeys(client, own)).every((key) => key.startsWith(`${own}chat:{`))).toBe(true);
    await followed.return?.();
    await store.runs.close?.();
    prefixed.disconnect();
  });

  it('may not choose the hash slot', () => {
    expect(() => redisStore({ client, keyPrefix: '{app}:' })).toThrow(TypeError);
  });
});
