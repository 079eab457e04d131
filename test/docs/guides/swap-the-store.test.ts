import type { Store } from '@chatkit-selfhost/core';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { createAssistant, stores } from '../../../docs/guides/swap-the-store.js';
import { newPGliteFolder } from '../../../scripts/services/pglite-folder.js';
import { serveGuide } from './serve-guide.js';

const cleanUps: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});
function newPool(): Pool {
  const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
  cleanUps.push(() => pool.end());
  return pool;
}
async function newFolder(): Promise<string> {
  const { path, remove } = await newPGliteFolder();
  cleanUps.push(remove);
  return path;
}

const kinds: Record<keyof typeof stores, () => Promise<Store>> = {
  memory: async () => stores.memory(),
  embedded: async () => stores.embedded(await newFolder()),
  postgres: async () => stores.postgres(newPool()),
  both: async () => {
    const redis = new Redis(process.env['REDIS_URL'] ?? '');
    cleanUps.push(() => redis.quit());
    return stores.both(newPool(), redis);
  },
};

/** A busy machine takes long to open an embedded Postgres. */
const STARTS_SLOWLY_MS = 60_000;

it.each(Object.entries(kinds))('the same app keeps its conversations in: %s', async (_kind, open) => {
  await using guide = await serveGuide(createAssistant(await open()));
  const client = await guide.newClient();
  expect((await client.post('/chat', { message: 'hello' })).json).toMatchObject({ type: 'text', message: 'You said: hello' });
  expect((await client.get('/history')).json['data']).toMatchObject([{ user_message: 'hello', response: { message: 'You said: hello' } }]);
}, STARTS_SLOWLY_MS);
