import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from '../../../scripts/services/find-free-port.ts';
import { findProgram } from '../../../scripts/services/find-program.ts';
import { startSupervised, type SupervisedProcess } from '../../../scripts/services/supervised-process.ts';

/** A Redis that dies and comes back on the same port, with its data where the settings keep it. */
export interface RestartableRedis {
  port: number;
  /** As `kill -9` does. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** @param settings lines of redis.conf. */
export async function startRestartableRedis(settings: Record<string, string> = {}): Promise<RestartableRedis> {
  const command = findProgram(['redis-server', 'valkey-server']);
  if (!command) throw new Error('redis-server is not on PATH, where the tests\' global setup finds or installs it.');
  const port = await findFreePort();
  const lines = Object.entries({ port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', ...settings });
  const args = lines.flatMap(([name, value]) => [`--${name}`, value]);
  const launch = (): Promise<SupervisedProcess> =>
    startSupervised({ command, args, folder: mkdtempSync(join(tmpdir(), 'chatkit-redis-')), stopSignal: 'SIGTERM' }, () => answers(port));
  let running: SupervisedProcess | undefined = await launch();
  return {
    port,
    kill: async () => {
      await running?.kill();
      running = undefined;
    },
    start: async () => {
      running = await launch();
    },
    stop: async () => {
      await running?.stop();
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}
