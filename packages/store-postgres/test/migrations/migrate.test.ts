import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { poolDatabase } from '../../src/database/pool-database.js';
import { schemaNames } from '../../src/database/schema-names.js';
import { postgresAdmin, postgresMigrationSql, postgresStore } from '../../src/index.js';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { migrate, migrationStatus } from '../../src/migrations/migrate.js';
import { databaseUrl } from '../database-url.js';
import { sampleItem, sampleThread } from '../samples.js';
import { temporarySchema } from '../temporary-schema.js';

const ALL = MIGRATIONS.map(({ id }) => id);
const LAST = ALL.at(-1) ?? 0;

function openSchema() {
  const schema = temporarySchema();
  const names = schemaNames(schema.name);
  const pools: pg.Pool[] = [];
  const connect = () => {
    const pool = new pg.Pool({ connectionString: databaseUrl(), max: 2 });
    pools.push(pool);
    return poolDatabase(pool);
  };
  onTestFinished(async () => {
    for (const pool of pools) await pool.end();
    await schema.drop();
  });
  return { schema, names, connect };
}

describe('migrate', () => {
  it('numbers its steps without gaps', () => {
    expect(ALL).toEqual(ALL.map((_, index) => index + 1));
  });

  it('applies each step once when ten instances begin with an empty database', async () => {
    const { schema, names, connect } = openSchema();
    const applied = await Promise.all(Array.from({ length: 10 }, () => migrate(connect(), names)));
    expect(applied.flat().map(({ id }) => id)).toEqual(ALL);
    const ledger = await schema.query(`select id from ${schema.name}.migrations order by id`);
    expect(ledger.map(({ id }) => id)).toEqual(ALL);
  });

  it('applies the newest step once when ten instances begin with the version before, and keeps the data', async () => {
    const { schema, names, connect } = openSchema();
    await migrate(connect(), names, LAST - 1);
    const before = postgresStore({ connectionString: databaseUrl(), schema: schema.name, migrate: 'off' });
    onTestFinished(async () => before.threads.close?.());
    const scope = { ownerId: 'ada' };
    const thread = sampleThread();
    const item = sampleItem(thread.id, 'kept');
    await before.threads.write(scope, { threadId: thread.id, create: thread, put: [item] });

    const applied = await Promise.all(Array.from({ length: 10 }, () => migrate(connect(), names)));
    expect(applied.flat().map(({ id }) => id)).toEqual([LAST]);
    expect(await before.threads.get(scope, { threadId: thread.id })).toEqual(thread);
    expect((await before.threads.listItems(scope, { threadId: thread.id }))?.data).toEqual([item]);
  });

  it('leaves nothing of a run of steps that fails', async () => {
    const { schema, names, connect } = openSchema();
    await migrate(connect(), names, 1);
    await schema.query(`create table ${schema.name}.runs (in_the_way integer)`);
    await expect(migrate(connect(), names)).rejects.toThrow('42P07');
    expect((await migrationStatus(connect(), names)).applied.map(({ id }) => id)).toEqual([1]);
    const tables = await schema.query(`select tablename from pg_tables where schemaname = $1 and tablename = 'sessions'`, [schema.name]);
    expect(tables).toEqual([]);
  });
});

describe('postgresMigrationSql', () => {
  it('is a script after which nothing is missing', async () => {
    const { schema } = openSchema();
    await schema.query(postgresMigrationSql({ schema: schema.name }));
    const admin = postgresAdmin({ connectionString: databaseUrl(), schema: schema.name });
    onTestFinished(() => admin.close());
    expect((await admin.status()).pending).toEqual([]);
    expect(await admin.migrate()).toEqual([]);
  });

  it('continues after the version that is there', async () => {
    const { schema, names, connect } = openSchema();
    await migrate(connect(), names, 3);
    await schema.query(postgresMigrationSql({ schema: schema.name, after: 3 }));
    expect((await migrationStatus(connect(), names)).pending).toEqual([]);
  });
});

describe('setup', () => {
  it('with migrate "check" names what is missing, and passes when nothing is', async () => {
    const { schema, names, connect } = openSchema();
    const store = postgresStore({ connectionString: databaseUrl(), schema: schema.name, migrate: 'check' });
    onTestFinished(async () => store.threads.close?.());
    await migrate(connect(), names, LAST - 1);
    await expect(store.threads.setup?.()).rejects.toThrow(`lacks migrations ${String(LAST)}: run "npx @chatkit-selfhost/store-postgres migrate"`);
    await migrate(connect(), names);
    await expect(store.threads.setup?.()).resolves.toBeUndefined();
  });

  it('with migrate "off" changes nothing, and a call then says what is wrong', async () => {
    const { schema } = openSchema();
    const store = postgresStore({ connectionString: databaseUrl(), schema: schema.name, migrate: 'off' });
    onTestFinished(async () => store.threads.close?.());
    await store.threads.setup?.();
    expect(await schema.query('select 1 from pg_namespace where nspname = $1', [schema.name])).toEqual([]);
    await expect(store.threads.get({ ownerId: 'ada' }, { threadId: 'thr_1' })).rejects.toThrow('is the schema migrated');
  });

  it('keeps schemas apart in one database', async () => {
    const scope = { ownerId: 'ada' };
    const thread = sampleThread();
    const stores = [openSchema(), openSchema()].map(({ schema }) => postgresStore({ connectionString: databaseUrl(), schema: schema.name }));
    onTestFinished(async () => {
      for (const store of stores) await store.threads.close?.();
    });
    for (const store of stores) await store.threads.setup?.();
    await stores[0]?.threads.write(scope, { threadId: thread.id, create: thread });
    expect(await stores[0]?.threads.get(scope, { threadId: thread.id })).toEqual(thread);
    expect(await stores[1]?.threads.get(scope, { threadId: thread.id })).toBeNull();
  });

  it('refuses a schema name that would have to be escaped', () => {
    expect(() => postgresStore({ connectionString: databaseUrl(), schema: 'a"; drop schema public; --' })).toThrow(TypeError);
  });
});
