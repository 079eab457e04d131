import { isCluster, type RedisClient } from './redis-client.js';
import { UnsafeServerError } from './unsafe-server-error.js';

/** Sends one command to one server. */
type Send = (command: string, ...args: string[]) => Promise<unknown>;

/**
 * Refuses a server that would drop data: one that evicts keys when its memory is full, silently takes away sessions, running turns and messages.
 * Also one that is part of a cluster behind a client that can't follow keys to their node.
 */
export async function assertSafeServer(client: RedisClient): Promise<void> {
  const servers = isCluster(client) ? client.nodes('master') : [client];
  await Promise.all(servers.map(async (server) => {
    const send: Send = (command, ...args) => server.call(command, ...args);
    assertSafePolicy(await evictionPolicy(send));
    if (!isCluster(client)) await assertNotClusterNode(send);
  }));
}

function assertSafePolicy(policy: string | undefined): void {
  if (policy === 'noeviction') return;
  if (policy === undefined) {
    throw new UnsafeServerError('the server tells neither CONFIG GET maxmemory-policy nor INFO memory, so it is unknown whether it evicts keys. '
      + 'Make sure that its maxmemory-policy is noeviction and pass checkEvictionPolicy: false.');
  }
  throw new UnsafeServerError(`the server's maxmemory-policy is ${policy}: when its memory is full it would delete sessions, running turns and messages. `
    + 'Set it to noeviction: `redis-cli CONFIG SET maxmemory-policy noeviction`, and `maxmemory-policy noeviction` in redis.conf or in the parameter group of a managed server.');
}

/** Managed servers often forbid CONFIG; INFO says the same. */
async function evictionPolicy(send: Send): Promise<string | undefined> {
  const configured = await orUndefined(send('config', 'get', 'maxmemory-policy'));
  const policy: unknown = Array.isArray(configured) ? configured[1] : undefined;
  if (typeof policy === 'string') return policy;
  const memory = await orUndefined(send('info', 'memory'));
  return typeof memory === 'string' ? /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] : undefined;
}

async function assertNotClusterNode(send: Send): Promise<void> {
  const cluster = await orUndefined(send('info', 'cluster'));
  if (typeof cluster !== 'string' || !cluster.includes('cluster_enabled:1')) return;
  throw new UnsafeServerError('this server is a node of a Redis Cluster. Pass `new Cluster([{ host, port }])` of ioredis instead of `new Redis(...)`.');
}

/** Undefined when the server refuses the command; a lost connection stays an error. */
async function orUndefined(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError' && /^(ERR|NOPERM)\b/.test(error.message)) return undefined;
    throw error;
  }
}
