import type { Database, Query } from '../database/database.js';
import type { SchemaNames } from '../database/schema-names.js';
import { MIGRATIONS, type Migration } from './index.js';

/** How far a schema is. */
export interface MigrationStatus {
  applied: { id: number; name: string; appliedAt: string }[];
  /** Steps of this version of the package that are missing. */
  pending: { id: number; name: string }[];
}

/** How long an instance waits for another one that migrates. */
const WAIT_FOR_OTHERS = '120s';
/** How long a step waits for a table that live traffic uses: it would hold up all traffic that comes after it. */
const WAIT_FOR_TABLE = '10s';

export async function migrationStatus(database: Pick<Database, 'query'>, names: SchemaNames): Promise<MigrationStatus> {
  const applied = await appliedMigrations(database.query, names);
  const known = new Set(applied.map(({ id }) => id));
  return { applied, pending: MIGRATIONS.filter(({ id }) => !known.has(id)).map(({ id, name }) => ({ id, name })) };
}

/**
 * Applies the missing steps, all or none. Many instances may call it at once, on an empty database too: one of them does the work and the others find it done.
 *
 * @param upTo the last step to apply; all of them by default.
 * @returns the steps that this call applied.
 */
export async function migrate(database: Database, names: SchemaNames, upTo = Infinity): Promise<{ id: number; name: string }[]> {
  const wanted = MIGRATIONS.filter(({ id }) => id <= upTo);
  const isMissing = (applied: { id: number }[]) => ({ id }: Migration) => !applied.some((done) => done.id === id);
  if (!wanted.some(isMissing(await appliedMigrations(database.query, names)))) return [];
  return database.transaction(async (query) => {
    await query(`set local statement_timeout = 0`);
    await query(`set local lock_timeout = '${WAIT_FOR_OTHERS}'`);
    await query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${names.name}.migrations`]);
    await query(`set local lock_timeout = '${WAIT_FOR_TABLE}'`);
    await createLedger(query, names);
    const steps = wanted.filter(isMissing(await appliedMigrations(query, names)));
    for (const step of steps) {
      for (const statement of step.statements(names)) await query(statement);
      await query(recordStep(names, step));
    }
    return steps.map(({ id, name }) => ({ id, name }));
  });
}

/** All steps as one script, for those who migrate with a tool of their own. It records what it does, so that `migrate: 'check'` is content. */
export function migrationSql(names: SchemaNames, options: { after?: number | undefined } = {}): string {
  const after = options.after ?? 0;
  const steps = MIGRATIONS.filter(({ id }) => id > after).flatMap((step) => [
    `-- ${String(step.id).padStart(3, '0')} ${step.name}`,
    ...step.statements(names).map((statement) => `${statement.trim()};`),
    `${recordStep(names, step)};`,
  ]);
  const first = after === 0 ? [`create schema if not exists ${names.schema};`, `${ledgerSql(names)};`] : [];
  return ['begin;', ...first, ...steps, 'commit;', ''].join('\n');
}

/** None when nothing of ours exists in the database. */
async function appliedMigrations(query: Query, names: SchemaNames): Promise<MigrationStatus['applied']> {
  const [table] = await query(`select to_regclass($1)::text as result`, [`${names.schema}.migrations`]);
  if (typeof table?.result !== 'string') return [];
  const [list] = await query(
    `select coalesce(json_agg(json_build_object('id', id, 'name', name, 'appliedAt', applied_at) order by id), '[]')::text as result
     from ${names.schema}.migrations`,
  );
  // The shape is the one that the statement builds.
  return JSON.parse(String(list?.result)) as MigrationStatus['applied'];
}

/** An account that may not create schemas can still migrate in one that an administrator made. */
async function createLedger(query: Query, names: SchemaNames): Promise<void> {
  const [schema] = await query(`select nspname::text as result from pg_namespace where nspname = $1`, [names.name]);
  if (schema === undefined) await query(`create schema ${names.schema}`);
  await query(ledgerSql(names));
}

function ledgerSql({ schema }: SchemaNames): string {
  return `create table if not exists ${schema}.migrations (id integer primary key, name text not null, applied_at timestamptz not null default now())`;
}

function recordStep({ schema }: SchemaNames, { id, name }: Migration): string {
  return `insert into ${schema}.migrations (id, name) values (${String(id)}, '${name}')`;
}
