import { Redis, type RedisOptions } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { startRedis, startRedisCluster } from '../../../scripts/services/redis-server.ts';
import { redisStore } from '../src/index.js';
import { session } from './samples.js';

describe('the eviction policy', () => {
  const opened: (() => Promise<unknown> | undefined)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });
  async function openServer(settings: Record<string, string> = {}): Promise<Redis> {
    const server = await startRedis({ settings });
    opened.push(() => server.stop());
    return openClient({ port: server.port });
  }
  function openClient(options: Pick<RedisOptions, 'port' | 'username' | 'password' | 'enableReadyCheck'>): Redis {
    const client = new Redis(options);
    client.on('error', () => undefined);
    opened.push(async () => {
      client.disconnect();
    });
    return client;
  }
  /** A user whom the server refuses some commands, as managed servers do. */
  async function openRestricted(client: Redis, ...rules: string[]): Promise<Redis> {
    await client.call('acl', 'setuser', 'app', 'on', '>secret', '~*', '&*', '+@all', ...rules);
    return openClient({ port: client.options.port ?? 0, username: 'app', password: 'secret', enableReadyCheck: false });
  }

  it('noeviction is accepted', async () => {
    const store = redisStore({ client: await openServer() });
    await store.runs.setup?.();
    await store.sessions.check?.();
    expect(await store.sessions.get({ tokenHash: 'none' })).toBeNull();
  });

  it.each(['allkeys-lru', 'volatile-ttl'])('%s is refused at setup and check, with the fix', async (policy) => {
    const store = redisStore({ client: await openServer({ 'maxmemory-policy': policy }) });
    await expect(store.runs.setup?.()).rejects.toThrow(`maxmemory-policy is ${policy}`);
    await expect(store.threads.check?.()).rejects.toThrow('CONFIG SET maxmemory-policy noeviction');
    // Logged whole: the fix is in it.
    await expect(store.threads.check?.()).rejects.toMatchObject({ [Symbol.for('chatkit-selfhost.safe-to-log')]: true });
  });

  it('an unsafe server takes no data even when nobody asked for setup, and is accepted once it is put right', async () => {
    const client = await openServer({ 'maxmemory-policy': 'allkeys-lru' });
    const store = redisStore({ client });
    await expect(store.sessions.create(session())).rejects.toThrow('maxmemory-policy is allkeys-lru');
    expect(await client.dbsize()).toBe(0);
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await store.sessions.create(session())).not.toBeNull();
  });

  it('is read from INFO where CONFIG is forbidden', async () => {
    const admin = await openServer({ 'maxmemory-policy': 'allkeys-lru' });
    const client = await openRestricted(admin, '-config');
    await expect(redisStore({ client }).runs.check?.()).rejects.toThrow('maxmemory-policy is allkeys-lru');
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await redisStore({ client }).runs.check?.();
  });

  it('must be vouched for where the server tells nobody', async () => {
    const client = await openRestricted(await openServer(), '-config', '-info');
    await expect(redisStore({ client }).runs.check?.()).rejects.toThrow('checkEvictionPolicy: false');
    const trusting = redisStore({ client, checkEvictionPolicy: false });
    await trusting.runs.check?.();
    expect(await trusting.sessions.get({ tokenHash: 'none' })).toBeNull();
  });

  it('a plain client of a cluster node is told to be a Cluster', async () => {
    const cluster = await startRedisCluster();
    opened.push(() => cluster.stop());
    const client = openClient({ port: cluster.nodes[0]?.port ?? 0 });
    await expect(redisStore({ client }).runs.setup?.()).rejects.toThrow('new Cluster(');
  });
});
