import { StoreUnavailableError } from '@chatkit-selfhost/core';
import type { RedisClient } from './redis-client.js';

/**
 * Resolves when the client has a connection. Commands wait here instead of in the client's own queue: from there they would still be
 * sent when the server is back, long after their caller was told that they failed.
 */
export async function whenReady(client: RedisClient, milliseconds: number): Promise<void> {
  if (client.status === 'ready') return;
  if (client.status === 'end') throw new StoreUnavailableError({ cause: new Error('The Redis client has been closed.') });
  // A client made with `lazyConnect`. A failure shows as the missing `ready`.
  if (client.status === 'wait') client.connect().catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    const settle = (outcome: () => void) => (): void => {
      clearTimeout(timer);
      client.off('ready', ready);
      client.off('end', ended);
      outcome();
    };
    const refuse = (reason: string) => (): void => {
      reject(new StoreUnavailableError({ cause: new Error(reason) }));
    };
    const ready = settle(resolve);
    const ended = settle(refuse('The Redis client has been closed.'));
    const timer = setTimeout(settle(refuse(`No connection to Redis within ${milliseconds} ms.`)), milliseconds);
    client.once('ready', ready);
    client.once('end', ended);
  });
}
