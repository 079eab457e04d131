import { startPostgres } from './postgres-server.ts';

/** Vitest global setup: a server for the whole run, unless `DATABASE_URL` names one. Tests read `process.env.DATABASE_URL`. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['DATABASE_URL']) return undefined;
  const server = await startPostgres();
  process.env['DATABASE_URL'] = server.url;
  return async () => {
    delete process.env['DATABASE_URL'];
    await server.stop();
  };
}
