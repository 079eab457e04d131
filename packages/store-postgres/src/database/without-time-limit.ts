import type { Database, Query } from './database.js';

/** Queries that may take as long as they need, whatever limit the connection has: each a transaction of its own, which puts the limit away. */
export function withoutTimeLimit(database: Pick<Database, 'transaction'>): Query {
  return (text, values) => database.transaction(async (query) => {
    await query('set local statement_timeout = 0');
    return query(text, values);
  });
}
