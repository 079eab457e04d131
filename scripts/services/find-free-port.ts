import { createServer } from 'node:net';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A port nobody listens on. `alsoFree` are offsets that must be free too: a Redis Cluster node talks to its peers on its port + 10000.
 * Ports are drawn below the range that systems hand out by themselves, so that no client connection takes one before the server starts.
 */
export async function findFreePort(alsoFree: number[] = []): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 7_000);
    const free = await Promise.all([0, ...alsoFree].map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('Found no free port between 15000 and 22000.');
}
