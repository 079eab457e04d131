import type { SchemaNames } from '../database/schema-names.js';

/**
 * One step of the schema, applied in one transaction. A published step is never edited: what it made is changed by a later one. During a rolling
 * deployment older nodes run on the newer schema, so functions keep their parameters; a change that needs others gets a new name.
 */
export interface Migration {
  id: number;
  name: string;
  /** One statement each; PGlite takes no more at a time. */
  statements: (names: SchemaNames) => string[];
}
