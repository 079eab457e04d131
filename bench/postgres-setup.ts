// What the Postgres benchmarks share. They measure the built packages: run `npm run build` first.
import pg from 'pg';
import type { Store } from '@chatkit-selfhost/core';
import { postgresStore } from '@chatkit-selfhost/store-postgres';
import { startPostgres } from '../scripts/services/postgres-server.ts';

export const SCHEMA = 'chatkit_bench';
export const SCOPE = { ownerId: 'bench' };

export interface PostgresBench {
  store: Store;
  pool: pg.Pool;
}

/** Runs a benchmark on a fresh server with `fsync` on, as in production, or on `DATABASE_URL`. */
export async function withPostgres(bench: (setup: PostgresBench) => Promise<void>): Promise<void> {
  const server = process.env['DATABASE_URL'] ? null : await startPostgres({ durable: true });
  const pool = new pg.Pool({ connectionString: server?.url ?? process.env['DATABASE_URL'], max: 10 });
  const store = postgresStore({ pool, schema: SCHEMA });
  try {
    await pool.query(`drop schema if exists ${SCHEMA} cascade`);
    await store.threads.setup?.();
    await bench({ store, pool });
  } finally {
    await store.threads.close?.();
    await pool.query(`drop schema if exists ${SCHEMA} cascade`).catch(() => undefined);
    await pool.end();
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
