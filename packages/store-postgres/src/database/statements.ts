import { sanitizeText } from '@chatkit-selfhost/core';
import type { Database } from './database.js';
import type { SchemaNames } from './schema-names.js';

/** A scalar that any client library sends alike; JSON goes as text, made by {@link toJson}. */
export type Parameter = string | number | boolean | null;

/** The statements of one store: parameters without what Postgres can't hold, results as JSON. */
export interface Statements extends SchemaNames {
  /**
   * The `result` of each row, parsed. The SQL casts it to `text`: an app may have changed how its `pg` parses types.
   * Its shape is what the statement builds, so the type is the caller's to name.
   */
  rows: <T>(text: string, values: readonly Parameter[]) => Promise<T[]>;
  /** The `result` of the first row; null when there is no row or it is null. */
  one: <T>(text: string, values: readonly Parameter[]) => Promise<T | null>;
  /** The clock to use instead of the server's, as a parameter; null: the server's. */
  now: () => string | null;
  durable: boolean;
}

export function createStatements(database: Database, names: SchemaNames, clock?: () => Date): Statements {
  async function rows<T>(text: string, values: readonly Parameter[]): Promise<T[]> {
    const found = await database.query(text, values.map((value) => (typeof value === 'string' ? sanitizeText(value) : value)));
    return found.map(({ result }) => (typeof result === 'string' ? JSON.parse(result) : null) as T);
  }
  return {
    ...names,
    rows,
    one: async <T>(text: string, values: readonly Parameter[]) => (await rows<T>(text, values))[0] ?? null,
    now: () => clock?.().toISOString() ?? null,
    durable: database.durable,
  };
}
