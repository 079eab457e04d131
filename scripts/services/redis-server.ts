import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from './find-free-port.ts';
import { findProgram } from './find-program.ts';
import { installDebianPackages } from './install-debian-packages.ts';
import { startSupervised, type SupervisedProcess } from './supervised-process.ts';

export interface RedisServer extends SupervisedProcess {
  /** `redis://127.0.0.1:<port>` */
  url: string;
  port: number;
}

export interface RedisCluster {
  nodes: { host: string; port: number }[];
  stop: () => Promise<void>;
}

/**
 * Starts an empty Redis on a free port, without persistence; its folder is removed with it.
 *
 * @param options.settings more lines of redis.conf, such as `{ 'maxmemory-policy': 'allkeys-lru' }`.
 */
export async function startRedis(options: { settings?: Record<string, string> } = {}): Promise<RedisServer> {
  const command = await findRedisServer();
  const port = await findFreePort(options.settings?.['cluster-enabled'] ? [10_000] : []);
  const settings = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', ...options.settings };
  const server = await startSupervised(
    {
      command,
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      folder: mkdtempSync(join(tmpdir(), 'chatkit-redis-')),
      stopSignal: 'SIGTERM',
    },
    () => withConnection(port, async (redis) => (await redis.ping()) === 'PONG'),
  );
  return { ...server, port, url: `redis://127.0.0.1:${port}` };
}

/** Starts a cluster of three nodes that share all slots, and waits until it serves them. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const ranges = [[0, 5460], [5461, 10_922], [10_923, 16_383]] as const;
  const servers = await Promise.all(ranges.map(() => startRedis({ settings: { 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000' } })));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    const ports = servers.map(({ port }) => port);
    await Promise.all(ports.map((port, index) => withConnection(port, (redis) => redis.call('CLUSTER', 'ADDSLOTSRANGE', ...(ranges[index] ?? [])))));
    await Promise.all(ports.slice(1).map((port) => withConnection(port, (redis) => redis.cluster('MEET', '127.0.0.1', ports[0] ?? 0))));
    const deadline = Date.now() + 30_000;
    const isUp = (port: number): Promise<boolean> =>
      withConnection(port, async (redis) => {
        const info = await redis.cluster('INFO');
        return /cluster_state:ok/.test(info) && /cluster_size:3/.test(info);
      });
    while (!(await Promise.all(ports.map(isUp))).every(Boolean)) {
      if (Date.now() > deadline) throw new Error('The Redis cluster did not come up within 30 seconds.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { nodes: ports.map((port) => ({ host: '127.0.0.1', port })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function withConnection<T>(port: number, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

let redisServer: Promise<string> | undefined;

/** Looked for, and installed, once: the nodes of a cluster start at the same time. */
function findRedisServer(): Promise<string> {
  return (redisServer ??= findOrInstallRedis());
}

async function findOrInstallRedis(): Promise<string> {
  const names = ['redis-server', 'valkey-server'];
  const found = findProgram(names) ?? ((await installDebianPackages(['redis-server'])) ? findProgram(names) : null);
  if (found) return found;
  throw new Error(
    [
      'The tests need Redis 7 or newer, and found no redis-server on PATH.',
      '  - Debian, Ubuntu: sudo apt-get install --no-install-recommends redis-server',
      '  - macOS: brew install redis',
      '  - Windows: run the tests in WSL, with redis-server installed there',
    ].join('\n'),
  );
}
