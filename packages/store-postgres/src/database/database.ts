/** A row as it comes back: every statement of this package names one text column, `result`, and reads nothing else. */
export interface Row {
  result?: unknown;
}

export type Query = (text: string, values?: unknown[]) => Promise<Row[]>;

/** What this package needs of a Postgres: the one seam between `pg` and PGlite. All errors are already those of a store. */
export interface Database {
  /** One statement, one transaction, one round trip. Tried again when it lost a deadlock: nothing of it happened then. */
  query: Query;
  /** Several statements in one transaction, for migrations; no time limit is put on them. */
  transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** Calls back for each notification until the result is called; `onLost` when no more can come. */
  listen: (channel: string, onNotification: (payload: string) => void, onLost: () => void) => Promise<() => Promise<void>>;
  /** Closes what was opened here. Idempotent. */
  close: () => Promise<void>;
  /** False: the data ends with this process. */
  durable: boolean;
}
