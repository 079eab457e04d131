import { StoreUnavailableError } from '@chatkit-selfhost/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresAdmin, postgresStore } from '../../src/index.js';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { databaseUrl } from '../database-url.js';
import { sampleThread, sampleTurn } from '../samples.js';
import { startStrictPooler } from '../strict-pooler.js';
import { temporarySchema } from '../temporary-schema.js';

const scope = { ownerId: 'ada' };

describe('a store on a connection string', () => {
  it('works through a pooler that refuses settings at connection start, and so does the administration', async () => {
    const [schema, pooler] = [temporarySchema(), await startStrictPooler()];
    const source = { connectionString: pooler.url, schema: schema.name };
    const [admin, store] = [postgresAdmin(source), postgresStore(source)];
    onTestFinished(async () => {
      await Promise.all([admin.close(), store.threads.close?.()]);
      await pooler.close();
      await schema.drop();
    });
    expect(await admin.migrate()).toHaveLength(MIGRATIONS.length);
    const thread = sampleThread();
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    expect(await store.threads.get(scope, { threadId: thread.id })).toEqual(thread);
    await store.history.add(scope, sampleTurn());
    for await (const row of admin.exportHistory()) expect(row['owner_id']).toBe('ada');
    // Once for each pool: it isn't tried again with every connection.
    expect(pooler.refused).toHaveLength(2);
  });

  it('sets time limits on a server that takes them', async () => {
    const schema = temporarySchema();
    const store = postgresStore({ connectionString: `${databaseUrl()}?application_name=${schema.name}`, schema: schema.name, timeouts: { statement: 7_000 } });
    onTestFinished(async () => {
      await store.threads.close?.();
      await schema.drop();
    });
    await store.threads.setup?.();
    await schema.query(`create or replace function ${schema.name}.session_json(s ${schema.name}.sessions) returns json language sql stable as $$
      select json_build_object('label', current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')) $$`);
    await schema.query(`insert into ${schema.name}.sessions values ('a', 'a', 'ada', '', now(), now(), now() + interval '1 hour', now() + interval '1 hour')`);
    expect((await store.sessions.get({ tokenHash: 'a' }))?.label).toBe('7s 7s');
  });

  it('closes, and fails as unavailable, when nobody answers', async () => {
    const store = postgresStore({ connectionString: 'postgresql://postgres@127.0.0.1:1/postgres' });
    const calling = store.threads.get(scope, { threadId: 'thr_1' });
    const closing = store.threads.close?.();
    await expect(calling).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(closing).resolves.toBeUndefined();
  });
});
