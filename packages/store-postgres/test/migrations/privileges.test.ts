import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { poolDatabase } from '../../src/database/pool-database.js';
import { schemaNames } from '../../src/database/schema-names.js';
import { postgresStore } from '../../src/index.js';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { migrate } from '../../src/migrations/migrate.js';
import { databaseUrl } from '../database-url.js';
import { sampleItem, sampleRun, sampleSession, sampleThread, sampleTurn } from '../samples.js';
import { temporarySchema } from '../temporary-schema.js';

/** An account without any right, and a pool that uses it. */
async function openAccount() {
  const schema = temporarySchema();
  const role = `${schema.name}_role`;
  await schema.query(`create role ${role} login`);
  const url = new URL(databaseUrl());
  url.username = role;
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  onTestFinished(async () => {
    await pool.end();
    await schema.query(`drop schema if exists ${schema.name} cascade`);
    await schema.query(`drop owned by ${role}`);
    await schema.query(`drop role ${role}`);
    await schema.drop();
  });
  return { schema, role, pool };
}

describe('rights', () => {
  it('to migrate: CREATE on a schema that an administrator made is enough', async () => {
    const { schema, role, pool } = await openAccount();
    await schema.query(`create schema ${schema.name}`);
    await schema.query(`grant usage, create on schema ${schema.name} to ${role}`);
    expect((await migrate(poolDatabase(pool), schemaNames(schema.name))).map(({ id }) => id)).toEqual(MIGRATIONS.map(({ id }) => id));
  });

  it('to run on a migrated schema: USAGE on it and reading and writing its tables is enough', async () => {
    const { schema, role, pool } = await openAccount();
    const administrator = postgresStore({ connectionString: databaseUrl(), schema: schema.name });
    await administrator.threads.setup?.();
    await administrator.threads.close?.();
    await schema.query(`grant usage on schema ${schema.name} to ${role}`);
    await schema.query(`grant select, insert, update, delete on all tables in schema ${schema.name} to ${role}`);

    const { threads, sessions, runs, history } = postgresStore({ pool, schema: schema.name, migrate: 'check' });
    await threads.setup?.();
    const scope = { ownerId: 'ada' };
    const session = sampleSession({ maxPerOwner: 3 });
    const thread = sampleThread();
    const run = sampleRun({ threadId: thread.id, maxPerOwner: 3 });
    await sessions.create(session);
    expect(await sessions.touch({ tokenHash: session.tokenHash, idleMs: 1_000 })).not.toBeNull();
    const begun = await threads.beginTurn?.(scope, { run, write: { threadId: thread.id, create: thread, put: [sampleItem(thread.id, 'Hi')] }, read: {} });
    if (begun?.outcome !== 'started') throw new Error(begun?.outcome);
    expect(await runs.append(begun.run, { events: [{ seq: 1, json: '{}' }] })).toBe('written');
    const end = { lease: begun.run, end: { status: 'completed' as const }, write: { threadId: thread.id }, record: sampleTurn({ threadId: thread.id, runId: run.runId }) };
    expect(await threads.endTurn?.(scope, end)).toBe('written');
    expect((await history.query(scope, {}))?.data).toHaveLength(1);
    expect(await threads.delete(scope, { threadId: thread.id })).toBe(true);
    for (const part of [threads, sessions, runs, history]) await part.deleteOwner(scope);
    await threads.close?.();
  });
});
