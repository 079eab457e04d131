import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresAdmin, type ExportFilter } from '../../src/index.js';
import { databaseUrl } from '../database-url.js';
import { sampleTurn } from '../samples.js';
import { openTestStore } from '../test-store.js';
import { wrapPool } from '../wrap-pool.js';

async function openExport() {
  const { store, schema, pool } = await openTestStore();
  const admin = postgresAdmin({ pool, schema: schema.name });
  onTestFinished(() => admin.close());
  const exported = (filter?: ExportFilter) => collect(admin.exportHistory(filter));
  return { store, schema, exported };
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of source) rows.push(row);
  return rows;
}

describe('exportHistory', () => {
  it('gives each row with the names of its columns', async () => {
    const { store, exported } = await openExport();
    const turn = sampleTurn({ userItemId: 'msg_1', structuredData: { sku: 'sugar', kilograms: 10 }, responseType: 'item_created' });
    await store.history.add({ ownerId: 'ada' }, turn);
    expect(await exported()).toEqual([{
      id: 1, session_id: 'ses_1', user_id: 'Ada', user_message: 'Add 10 kg sugar', agent_response: 'Added.', response_type: 'item_created',
      structured_data: { sku: 'sugar', kilograms: 10 }, created_at: '2026-01-02T03:04:05.678+00:00', owner_id: 'ada', thread_id: 'thr_1',
      run_id: turn.runId, user_item_id: 'msg_1', outcome: 'completed', superseded: false,
    }]);
  });

  it('goes on over many statements, in order of arrival', async () => {
    const { schema, exported } = await openExport();
    await schema.query(`insert into ${schema.name}.conversation_history
      (user_message, agent_response, created_at, owner_id, thread_id, run_id, outcome)
      select 'm', 'r', now() - n * interval '1 minute', 'ada', 't', 'run_' || n, 'completed' from generate_series(1, 1201) n`);
    expect((await exported()).map((row) => row['run_id'])).toEqual(Array.from({ length: 1201 }, (_, index) => `run_${String(index + 1)}`));
  });

  it('with a time goes on over many statements in order of time, also where many rows have one', async () => {
    const { schema, exported } = await openExport();
    await schema.query(`insert into ${schema.name}.conversation_history
      (user_message, agent_response, created_at, owner_id, thread_id, run_id, outcome)
      select 'm', 'r', timestamptz '2026-01-02T00:00:00.000001Z' + n / 700 * interval '1 microsecond', 'ada', 't', 'run_' || n, 'completed'
      from generate_series(1600, 1, -1) n`);
    const rows = await exported({ from: new Date('2026-01-02T00:00:00Z') });
    const expected = Array.from({ length: 1600 }, (_, index) => 1600 - index).toSorted((a, b) => Math.trunc(a / 700) - Math.trunc(b / 700));
    expect(rows.map((row) => row['run_id'])).toEqual(expected.map((number) => `run_${String(number)}`));
  });

  it('reads only the time that is asked for', async () => {
    const { schema, pool } = await openTestStore();
    await schema.query(`insert into ${schema.name}.conversation_history
      (user_message, agent_response, created_at, owner_id, thread_id, run_id, outcome)
      select 'm', 'r', now() - n * interval '1 minute', 'ada', 't', 'run_' || n, 'completed' from generate_series(20000, 1, -1) n`);
    await schema.query(`analyze ${schema.name}.conversation_history`);
    const pages: { text: string; values: readonly unknown[] }[] = [];
    const watched = wrapPool(pool, { onStatement: (text, values) => {
      if (text.startsWith('select to_jsonb')) pages.push({ text, values });
    } });
    // So much that a planner who may choose expects the first rows of it soon, in whatever order it goes.
    const exported = postgresAdmin({ pool: watched, schema: schema.name }).exportHistory({ from: new Date(Date.now() - 10_000.5 * 60_000) });
    for await (const row of exported) {
      expect(row['run_id']).toBe('run_10000');
      break;
    }
    expect(pages).toHaveLength(1);
    for (const { text, values } of pages) {
      const plan = (await schema.query(`explain (analyze, timing off, format json) ${text}`, [...values])).map((row) => JSON.stringify(row)).join('');
      const removed = [...plan.matchAll(/"Rows Removed by Filter":(\d+)/g)].map(([, count]) => Number(count));
      expect(Math.max(0, ...removed), plan).toBeLessThan(100);
    }
  });

  it('is ended by no time limit of the connection', async () => {
    const { store, schema, pool } = await openTestStore();
    await store.history.add({ ownerId: 'ada' }, sampleTurn({ runId: 'run_1' }));
    const limited = new pg.Pool({ connectionString: databaseUrl(), statement_timeout: 50, application_name: `limited-${schema.name}` });
    onTestFinished(() => limited.end());
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query(`lock table ${schema.name}.conversation_history in access exclusive mode`);
    const exporting = collect(postgresAdmin({ pool: limited, schema: schema.name }).exportHistory()).catch((error: unknown) => error);
    try {
      await expect.poll(() => schema.query(
        `select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '150 ms'`,
        [`limited-${schema.name}`],
      ), { timeout: 10_000 }).toHaveLength(1);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    expect(await exporting).toMatchObject([{ run_id: 'run_1' }]);
  });

  it('filters by owner, session, thread, type and time', async () => {
    const { store, exported } = await openExport();
    const turns = [
      sampleTurn({ runId: 'ada' }),
      sampleTurn({ runId: 'bob', ownerId: 'bob' }),
      sampleTurn({ runId: 'session', sessionId: 'ses_2' }),
      sampleTurn({ runId: 'thread', threadId: 'thr_2' }),
      sampleTurn({ runId: 'type', responseType: 'item_created' }),
      sampleTurn({ runId: 'later', createdAt: new Date('2026-02-01T00:00:00Z') }),
    ];
    for (const turn of turns) await store.history.add({ ownerId: turn.ownerId }, turn);
    const runs = async (filter: ExportFilter) => (await exported(filter)).map((row) => row['run_id']);
    expect(await runs({ ownerId: 'bob' })).toEqual(['bob']);
    expect(await runs({ sessionId: 'ses_2' })).toEqual(['session']);
    expect(await runs({ threadId: 'thr_2' })).toEqual(['thread']);
    expect(await runs({ type: 'item_created' })).toEqual(['type']);
    expect(await runs({ from: new Date('2026-02-01T00:00:00Z') })).toEqual(['later']);
    expect(await runs({ ownerId: 'ada', to: new Date('2026-02-01T00:00:00Z') })).toEqual(['ada', 'session', 'thread', 'type']);
  });
});
