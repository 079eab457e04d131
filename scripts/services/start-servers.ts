import startPostgresForRun from './postgres-setup.ts';
import startRedisForRun from './redis-setup.ts';

/**
 * Starts what `DATABASE_URL` and `REDIS_URL` do not name already, and sets them for this process and those it starts.
 *
 * @returns stops what was started.
 */
export async function startServers(): Promise<() => Promise<void>> {
  const stops = await Promise.all([startPostgresForRun(), startRedisForRun()]);
  return async () => {
    for (const stop of stops) await stop?.();
  };
}
