import type { PgPool } from './pg-pool.js';

interface ListenOptions {
  channel: string;
  onNotification: (payload: string) => void;
  onLost: () => void;
  connectMs: number;
}

interface NotificationClient {
  connect: () => Promise<unknown>;
  query: (text: string) => Promise<unknown>;
  end: () => Promise<void>;
  on: ((event: 'error' | 'end', listener: () => void) => unknown) &
    ((event: 'notification', listener: (message: { channel: string; payload?: string | undefined }) => void) => unknown);
}

type ClientConstructor = new (options: object) => NotificationClient;

/**
 * Listens on a connection of its own: one taken from the pool would be missing there for good, and a pool of one would stand still.
 * A driver that brings its own client (`pool.Client`) is asked for that one.
 */
export async function listenWithClient(pool: PgPool, options: ListenOptions): Promise<() => Promise<void>> {
  const Client: ClientConstructor = (pool as { Client?: ClientConstructor }).Client ?? (await import('pg')).default.Client;
  const client = new Client({ ...connectionOptions(pool), connectionTimeoutMillis: options.connectMs, keepAlive: true });
  let listening = false;
  let ended = false;
  const lost = (): void => {
    if (ended) return;
    ended = true;
    if (listening) options.onLost();
    void client.end().catch(() => undefined);
  };
  client.on('error', lost);
  client.on('end', lost);
  client.on('notification', ({ channel, payload }) => {
    if (channel === options.channel) options.onNotification(payload ?? '');
  });
  try {
    await client.connect();
    await client.query(`listen "${options.channel}"`);
    // The answer and the end of the connection may come at once; to be lost before anybody listened is to have failed.
    if (ended) throw new Error('The connection was lost as soon as it listened.');
    listening = true;
  } catch (error) {
    ended = true;
    void client.end().catch(() => undefined);
    throw error;
  }
  return async () => {
    if (ended) return;
    ended = true;
    await client.end().catch(() => undefined);
  };
}

/** Including those that the pool hides from enumeration, as it does with the password. */
function connectionOptions(pool: PgPool): object {
  const settings = pool.options ?? {};
  return Object.fromEntries(Object.getOwnPropertyNames(settings).map((name) => [name, Reflect.get(settings, name) as unknown]));
}
