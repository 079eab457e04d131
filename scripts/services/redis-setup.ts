import { startRedis } from './redis-server.ts';

/** Vitest global setup: a server for the whole run, unless `REDIS_URL` names one. Tests read `process.env.REDIS_URL`. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['REDIS_URL']) return undefined;
  const server = await startRedis();
  process.env['REDIS_URL'] = server.url;
  return async () => {
    delete process.env['REDIS_URL'];
    await server.stop();
  };
}
