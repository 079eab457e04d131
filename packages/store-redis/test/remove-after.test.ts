import type { ThreadItem } from '@chatkit-selfhost/core';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { redisStore } from '../src/index.js';
import { startRestartableRedis } from './restartable-redis.js';
import { item, thread } from './samples.js';

const scope = { ownerId: 'ada' };

/** How often the server ran these commands, also in scripts. */
async function calls(client: Redis, names: string[]): Promise<number> {
  const stats = await client.info('commandstats');
  return names.reduce((sum, name) => sum + Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0), 0);
}

it.each([
  { what: 'nearly all', kept: 1 },
  { what: 'the smaller part', kept: 2_400 },
])('takes $what of thousands of items away in a few commands, and their places still work as cursors', async ({ kept }) => {
  // Of its own: it counts what the server does.
  const server = await startRestartableRedis({ 'maxmemory-policy': 'noeviction' });
  const client = new Redis(server.port, '127.0.0.1');
  onTestFinished(async () => {
    client.disconnect();
    await server.stop();
  });
  const store = redisStore({ client });
  const long = thread();
  const items = Array.from({ length: 4_501 }, () => item(long.id));
  const at = (index: number): ThreadItem => items.at(index) ?? item(long.id);
  await store.threads.write(scope, { threadId: long.id, create: long });
  for (let from = 0; from < items.length; from += 900) await store.threads.write(scope, { threadId: long.id, put: items.slice(from, from + 900) });
  // One that went before keeps its place.
  await store.threads.write(scope, { threadId: long.id, remove: [at(kept).id] });

  const ofItems = ['zrem', 'hdel', 'hset', 'zadd', 'zscore', 'zremrangebyscore'];
  const before = await calls(client, ofItems);
  expect(await store.threads.write(scope, { threadId: long.id, removeAfter: at(kept - 1).id })).toBe('written');
  expect(await calls(client, ofItems) - before).toBeLessThan(20);

  const oldest = { threadId: long.id, order: 'asc', limit: 100 } as const;
  expect((await store.threads.listItems(scope, oldest))?.data).toEqual(items.slice(0, Math.min(kept, 100)));
  for (const gone of [at(kept), at(kept + 1), at(-1)]) {
    expect(await store.threads.getItem(scope, { threadId: long.id, itemId: gone.id })).toBeNull();
    expect((await store.threads.listItems(scope, { threadId: long.id, after: gone.id, order: 'desc', limit: 1 }))?.data).toEqual([at(kept - 1)]);
    expect((await store.threads.listItems(scope, { ...oldest, after: gone.id }))?.data).toEqual([]);
  }
  // What comes next comes after their places, one that comes back too.
  await store.threads.write(scope, { threadId: long.id, put: [at(kept + 1)] });
  expect((await store.threads.listItems(scope, { ...oldest, after: at(-1).id }))?.data).toEqual([at(kept + 1)]);
});
