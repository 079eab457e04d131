import { safeToLog, StoreUnavailableError } from '@chatkit-selfhost/core';
import type { RedisClient } from './redis-client.js';

/**
 * Resolves when the client has a connection. Commands wait here instead of in the client's own queue: from there they would still be
 * sent when the server is back, long after their caller was told that they failed.
 */
export async function whenReady(client: RedisClient, milliseconds: number): Promise<void> {
  if (client.status === 'ready') return;
  if (client.status === 'end') throw closed();
  // A client made with `lazyConnect`. A failure shows as the missing `ready`.
  if (client.status === 'wait') client.connect().catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    const settle = (outcome: () => void) => (): void => {
      clearTimeout(timer);
      client.off('ready', ready);
      client.off('end', ended);
      client.off('error', failed);
      outcome();
    };
    // Why there is no connection, for the log.
    let lastError: unknown;
    const failed = (error: unknown): void => {
      lastError = error;
    };
    const ready = settle(resolve);
    const ended = settle(() => {
      reject(closed());
    });
    const timer = setTimeout(settle(() => {
      reject(new StoreUnavailableError({ cause: safeToLog(new Error(`No connection to Redis within ${milliseconds} ms.`, { cause: lastError })) }));
    }), milliseconds);
    client.once('ready', ready);
    client.once('end', ended);
    client.on('error', failed);
  });
}

function closed(): StoreUnavailableError {
  return new StoreUnavailableError({ cause: safeToLog(new Error('The Redis client has been closed.')) });
}
