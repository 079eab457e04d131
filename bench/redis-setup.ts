// What the Redis benchmarks share. They measure the built packages: run `npm run build` first.
import { Redis } from 'ioredis';
import type { Store } from '@chatkit-selfhost/core';
import { redisStore } from '@chatkit-selfhost/store-redis';
import { startRedis } from '../scripts/services/redis-server.ts';

export const SCOPE = { ownerId: 'bench' };

export interface RedisBench {
  store: Store;
  client: Redis;
}

/** Runs a benchmark on a fresh server that writes its append-only file once a second, as in production, or on `REDIS_URL`. */
export async function withRedis(bench: (setup: RedisBench) => Promise<void>): Promise<void> {
  const server = process.env['REDIS_URL'] ? null : await startRedis({ settings: { appendonly: 'yes', appendfsync: 'everysec' } });
  const client = new Redis(server?.url ?? process.env['REDIS_URL'] ?? '');
  const store = redisStore({ client, keyPrefix: `chatkit-bench-${String(process.pid)}:` });
  try {
    await store.runs.setup?.();
    await bench({ store, client });
  } finally {
    for (const part of [store.threads, store.sessions, store.history, store.runs]) await part.deleteOwner(SCOPE);
    await store.runs.close?.();
    client.disconnect();
    await server?.stop();
  }
}

/** Milliseconds of each run, sorted. */
export async function measure(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

/** The value that this share (0 to 1) of the sorted values lies below. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** Prints a figure against its target; the process fails when one is missed. */
export function report(name: string, value: number, target: number, unit: string): void {
  const kept = value <= target;
  console.log(`${kept ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)}${unit} (target: at most ${String(target)}${unit})`);
  if (!kept) process.exitCode = 1;
}
