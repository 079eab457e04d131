import type pg from 'pg';
import type { PgPool } from '../src/index.js';

interface WrapOptions {
  /** Told of every statement on its way to the server. */
  onStatement?: (text: string, values: readonly unknown[]) => void;
  /** Takes the place of the pool's own client where the store listens. */
  Client?: new () => object;
}

/** A pool as an app may hand it in: the real one, with a look at what goes through it. */
export function wrapPool(real: pg.Pool, { onStatement, Client }: WrapOptions): PgPool & { Client?: new () => object } {
  return {
    connect: async () => {
      const client = await real.connect();
      return {
        query: (query) => {
          onStatement?.(query.text, query.values ?? []);
          return client.query(query);
        },
        on: (event, listener) => client.on(event, listener),
        removeListener: (event, listener) => client.removeListener(event, listener),
        release: (destroy) => client.release(destroy),
      };
    },
    on: (event, listener) => real.on(event, listener),
    options: real.options,
    ...(Client && { Client }),
  };
}
