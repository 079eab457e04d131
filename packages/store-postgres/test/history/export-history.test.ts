import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresAdmin, type ExportFilter } from '../../src/index.js';
import { sampleTurn } from '../samples.js';
import { openTestStore } from '../test-store.js';

async function openExport() {
  const { store, schema, pool } = await openTestStore();
  const admin = postgresAdmin({ pool, schema: schema.name });
  onTestFinished(() => admin.close());
  const exported = async (filter?: ExportFilter) => {
    const rows: Record<string, unknown>[] = [];
    for await (const row of admin.exportHistory(filter)) rows.push(row);
    return rows;
  };
  return { store, schema, exported };
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

  it('filters by owner, session, thread and time', async () => {
    const { store, exported } = await openExport();
    const turns = [
      sampleTurn({ runId: 'ada' }),
      sampleTurn({ runId: 'bob', ownerId: 'bob' }),
      sampleTurn({ runId: 'session', sessionId: 'ses_2' }),
      sampleTurn({ runId: 'thread', threadId: 'thr_2' }),
      sampleTurn({ runId: 'later', createdAt: new Date('2026-02-01T00:00:00Z') }),
    ];
    for (const turn of turns) await store.history.add({ ownerId: turn.ownerId }, turn);
    const runs = async (filter: ExportFilter) => (await exported(filter)).map((row) => row['run_id']);
    expect(await runs({ ownerId: 'bob' })).toEqual(['bob']);
    expect(await runs({ sessionId: 'ses_2' })).toEqual(['session']);
    expect(await runs({ threadId: 'thr_2' })).toEqual(['thread']);
    expect(await runs({ from: new Date('2026-02-01T00:00:00Z') })).toEqual(['later']);
    expect(await runs({ ownerId: 'ada', to: new Date('2026-02-01T00:00:00Z') })).toEqual(['ada', 'session', 'thread']);
  });
});
