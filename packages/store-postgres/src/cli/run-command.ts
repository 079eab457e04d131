import { parseArgs } from 'node:util';
import { ChatKitError } from '@chatkit-selfhost/core';
import { DEFAULT_SCHEMA } from '../database/schema-names.js';
import { postgresAdmin, postgresMigrationSql, type PostgresAdmin } from '../postgres-admin.js';

export interface CommandContext {
  environment: Record<string, string | undefined>;
  /** Resolves when more may be written. */
  write: (text: string) => Promise<void>;
  writeError: (text: string) => void;
}

const USAGE = `Usage: npx @chatkit-selfhost/store-postgres <command> [options]

Commands
  migrate    apply missing migrations; safe to run from many places at once
  status     list migrations; exit code 1 when some are missing
  sql        print the migrations as one SQL script, for your own migration tool
  export     print conversation_history as JSON Lines, oldest first

Options
  --schema <name>    schema of the tables (default ${DEFAULT_SCHEMA})
  --after <number>   sql: only the migrations after this one
  --owner <id>  --session <reference>  --thread <id>  --type <response type>   export: only these
  --from <time>  --to <time>   export: created at or after, and before (ISO 8601)

The database: DATABASE_URL, as in postgres://user:password@host:5432/name; a pooler such as PgBouncer may stand before it
`;

const OPTIONS = {
  schema: { type: 'string' },
  after: { type: 'string' },
  owner: { type: 'string' },
  session: { type: 'string' },
  thread: { type: 'string' },
  type: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Options = ReturnType<typeof parse>['values'];

/** A mistake in the command line. */
class UsageError extends Error {}

/** Runs one command; resolves to the exit code: 0 done, 1 failed (or migrations are missing), 2 used wrongly. */
export async function runCommand(args: string[], context: CommandContext): Promise<number> {
  try {
    const { values, positionals: [command, ...rest] } = parse(args);
    if (values.help) return await print(context, USAGE);
    if (command === undefined || rest.length > 0) throw new UsageError('Name one command.');
    if (command === 'sql') return await print(context, postgresMigrationSql({ schema: values.schema, after: wholeNumber(values.after) }));
    if (command !== 'migrate' && command !== 'status' && command !== 'export') throw new UsageError(`Unknown command: ${command}`);
    return await withDatabase(values, context, (admin) => COMMANDS[command](admin, values, context));
  } catch (error) {
    if (error instanceof UsageError || error instanceof TypeError) {
      context.writeError(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    context.writeError(`${describe(error)}\n`);
    return 1;
  }
}

const COMMANDS = {
  async migrate(admin: PostgresAdmin, _values: Options, context: CommandContext): Promise<number> {
    const applied = await admin.migrate();
    return print(context, applied.length === 0 ? 'Up to date.\n' : applied.map(({ id, name }) => `applied ${String(id)} ${name}\n`).join(''));
  },

  async status(admin: PostgresAdmin, _values: Options, context: CommandContext): Promise<number> {
    const { applied, pending } = await admin.status();
    await print(context, applied.map(({ id, name, appliedAt }) => `applied ${String(id)} ${name} ${appliedAt}\n`).join(''));
    await print(context, pending.map(({ id, name }) => `missing ${String(id)} ${name}\n`).join(''));
    return pending.length === 0 ? 0 : 1;
  },

  async export(admin: PostgresAdmin, values: Options, context: CommandContext): Promise<number> {
    const rows = admin.exportHistory({
      ownerId: values.owner, sessionId: values.session, threadId: values.thread, type: values.type,
      from: time('from', values.from), to: time('to', values.to),
    });
    for await (const row of rows) await context.write(`${JSON.stringify(row)}\n`);
    return 0;
  },
};

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function withDatabase(values: Options, { environment }: CommandContext, work: (admin: PostgresAdmin) => Promise<number>): Promise<number> {
  const connectionString = environment['DATABASE_URL'];
  if (connectionString === undefined || connectionString === '') throw new UsageError('DATABASE_URL is not set.');
  const admin = postgresAdmin({ connectionString, schema: values.schema });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

async function print(context: CommandContext, text: string): Promise<number> {
  if (text !== '') await context.write(text);
  return 0;
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`--after takes the number of a migration, not ${text}`);
  return Number(text);
}

function time(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new UsageError(`--${option} takes an ISO 8601 time, not ${text}`);
  return date;
}

/** The operator may see what a client may not: why the server can't be reached. */
function describe(error: unknown): string {
  if (ChatKitError.isInstance(error) && error.cause instanceof Error) return `${error.message} (${describe(error.cause)})`;
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
