/** What is used of a `pg` client. */
export interface PgClient {
  query: (query: { text: string; values?: unknown[]; query_timeout?: number }) => Promise<{ rows: unknown[] }>;
  on: (event: 'error', listener: (error: Error) => void) => unknown;
  removeListener: (event: 'error', listener: (error: Error) => void) => unknown;
}

/** What is used of a `pg.Pool`; its own type and those of compatible drivers fit. */
export interface PgPool {
  connect: () => Promise<PgClient & { release: (destroy?: boolean) => void }>;
  on: (event: 'error', listener: (error: Error) => void) => unknown;
  /** The pool's settings: another connection, for notifications, is opened with them. */
  readonly options?: object;
}

/** Time limits, in milliseconds. */
export interface PostgresTimeouts {
  /** To get a connection. Default 5,000. */
  connect?: number | undefined;
  /** For one statement. Default 15,000. */
  statement?: number | undefined;
}
