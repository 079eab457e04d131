/** Default schema of all tables. */
export const DEFAULT_SCHEMA = 'chatkit';

/** The names that depend on the schema, ready to be put into SQL. */
export interface SchemaNames {
  /** As given. */
  name: string;
  /** Quoted. */
  schema: string;
  /** Notification channel of run events. */
  channel: string;
}

/** Letters, digits and underscores only: schema and channel go into SQL text, where no parameter can stand. */
export function schemaNames(name: string = DEFAULT_SCHEMA): SchemaNames {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,47}$/.test(name)) {
    throw new TypeError(`schema must be 1 to 48 letters, digits and underscores, not ${JSON.stringify(name)}`);
  }
  return { name, schema: `"${name}"`, channel: `${name}_run_events` };
}
