import assert from 'node:assert/strict';
import { newId, type HistoryQuery, type NewTurnRecord, type OwnerScope, type Store, type TurnRecord } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { readAll } from '../reading.js';
import { sampleTurn } from '../samples.js';

async function addTurns(store: Store, scope: OwnerScope, turns: Partial<NewTurnRecord>[]): Promise<TurnRecord[]> {
  const records = turns.map((fields) => sampleTurn(scope, fields));
  for (const record of records) await store.history.add(scope, record);
  return records;
}

/** The user messages of all pages, oldest first. */
async function messages(store: Store, scope: OwnerScope, query: HistoryQuery = {}): Promise<string[]> {
  const records = await readAll((page) => store.history.query(scope, { ...query, ...page }), { order: 'asc', limit: query.limit });
  return records.map((record) => record.userMessage);
}

export const historyCases = contractGroup('history', {
  'a record comes back as it was added': async ({ store, owner }) => {
    const scope = owner();
    const record = sampleTurn(scope, {
      sessionId: newId('session'), userId: 'ali', userItemId: newId('message'), responseType: 'bill_created', outcome: 'interrupted',
      structuredData: { total: 12.5, lines: [{ sku: 'a', count: 2 }], note: null }, createdAt: new Date('2026-03-04T05:06:07.089Z'),
    });
    await store.history.add(scope, record);
    assert.deepEqual(await store.history.query(scope, {}), { data: [record], has_more: false });
  },
  'structured data may be any JSON': async ({ store, owner }) => {
    const scope = owner();
    const values = [null, 0, '', 'text', false, [], [[1]], {}, { a: null }];
    await addTurns(store, scope, values.map((structuredData) => ({ structuredData })));
    const records = await readAll((page) => store.history.query(scope, page), { order: 'asc' });
    assert.deepEqual(records.map((record) => record.structuredData), values);
  },
  'the first record of a run stays': async ({ store, owner }) => {
    const scope = owner();
    const [first] = await addTurns(store, scope, [{ userMessage: 'first' }]);
    await addTurns(store, scope, [{ runId: first?.runId ?? '', userMessage: 'second' }]);
    assert.deepEqual(await messages(store, scope), ['first']);
  },
  'adding a record again supersedes nothing': async ({ store, owner }) => {
    const scope = owner();
    const [first] = await addTurns(store, scope, [{ userItemId: 'msg_1', userMessage: 'first' }]);
    await store.history.add(scope, first ?? assert.fail());
    assert.deepEqual(await messages(store, scope), ['first']);
  },
  'the order is that of arrival, newest first unless asked otherwise': async ({ store, owner }) => {
    const scope = owner();
    await addTurns(store, scope, ['2026-01-03', '2026-01-01', '2026-01-02'].map((day) => ({ userMessage: day, createdAt: new Date(day) })));
    assert.deepEqual(await messages(store, scope), ['2026-01-03', '2026-01-01', '2026-01-02']);
    const page = await store.history.query(scope, {});
    assert.deepEqual(page?.data.map((record) => record.userMessage), ['2026-01-02', '2026-01-01', '2026-01-03']);
  },
  'pages go by the run id': async ({ store, owner }) => {
    const scope = owner();
    const records = await addTurns(store, scope, Array.from({ length: 7 }, (_, index) => ({ userMessage: String(index) })));
    const page = await store.history.query(scope, { order: 'asc', limit: 3 });
    assert.deepEqual({ ...page, data: page?.data.length }, { data: 3, has_more: true, after: records[2]?.runId });
    for (const limit of [1, 3, 7, 8]) assert.deepEqual(await messages(store, scope, { limit }), ['0', '1', '2', '3', '4', '5', '6']);
    const rest = await store.history.query(scope, { after: records[2]?.runId });
    assert.deepEqual(rest?.data.map((record) => record.userMessage), ['1', '0']);
  },
  'a page holds 20 records by default and at most 100': async ({ store, owner }) => {
    const scope = owner();
    await Promise.all(Array.from({ length: 105 }, () => store.history.add(scope, sampleTurn(scope))));
    const size = async (limit?: number) => (await store.history.query(scope, { limit }))?.data.length;
    assert.deepEqual([await size(), await size(9999), await size(0)], [20, 100, 1]);
    assert.equal((await messages(store, scope, { limit: 100 })).length, 105);
  },
  'an unknown cursor gives null': async ({ store, owner }) => {
    const scope = owner();
    await addTurns(store, scope, [{}]);
    assert.equal(await store.history.query(scope, { after: newId('run') }), null);
  },
  'an owner without records has an empty page': async ({ store, owner }) => {
    assert.deepEqual(await store.history.query(owner(), {}), { data: [], has_more: false });
  },
  'a query can name the run, the session, the thread or the type': async ({ store, owner }) => {
    const scope = owner();
    const [a, b] = [newThreadId(), newThreadId()];
    const [s, t] = [newId('session'), newId('session')];
    const records = await addTurns(store, scope, [
      { userMessage: '0', threadId: a, sessionId: s, responseType: 'text' },
      { userMessage: '1', threadId: b, sessionId: s, responseType: 'bill_created' },
      { userMessage: '2', threadId: a, sessionId: t, responseType: 'bill_created' },
      { userMessage: '3', threadId: a, sessionId: null, responseType: 'text' },
    ]);
    assert.deepEqual(await messages(store, scope, { runId: records[1]?.runId }), ['1']);
    assert.deepEqual(await messages(store, scope, { sessionId: s }), ['0', '1']);
    assert.deepEqual(await messages(store, scope, { threadId: a }), ['0', '2', '3']);
    assert.deepEqual(await messages(store, scope, { type: 'bill_created' }), ['1', '2']);
    assert.deepEqual(await messages(store, scope, { threadId: a, type: 'text' }), ['0', '3']);
    assert.deepEqual(await messages(store, scope, { sessionId: s, threadId: a, type: 'text' }), ['0']);
  },
  'a query that matches nothing is an empty page': async ({ store, owner }) => {
    const scope = owner();
    await addTurns(store, scope, [{ sessionId: newId('session') }]);
    const empty = { data: [], has_more: false };
    assert.deepEqual(await store.history.query(scope, { runId: newId('run') }), empty);
    assert.deepEqual(await store.history.query(scope, { sessionId: newId('session') }), empty);
    assert.deepEqual(await store.history.query(scope, { threadId: newThreadId() }), empty);
    assert.deepEqual(await store.history.query(scope, { type: 'none' }), empty);
  },
  'from is inclusive and to is exclusive': async ({ store, owner }) => {
    const scope = owner();
    const days = [1, 2, 3, 4].map((day) => new Date(`2026-01-0${day}T00:00:00.000Z`));
    await addTurns(store, scope, days.map((createdAt, index) => ({ createdAt, userMessage: String(index) })));
    assert.deepEqual(await messages(store, scope, { from: days[1] }), ['1', '2', '3']);
    assert.deepEqual(await messages(store, scope, { to: days[2] }), ['0', '1']);
    assert.deepEqual(await messages(store, scope, { from: days[1], to: days[3] }), ['1', '2']);
    assert.deepEqual(await messages(store, scope, { from: new Date('2026-01-01T00:00:00.001Z'), limit: 1 }), ['1', '2', '3']);
  },
  'filtered pages are full and say truly whether there is more': async ({ store, owner }) => {
    const scope = owner();
    await addTurns(store, scope, Array.from({ length: 12 }, (_, index) => ({ userMessage: String(index), responseType: index % 3 === 0 ? 'a' : 'b' })));
    const first = await store.history.query(scope, { type: 'a', order: 'asc', limit: 2 });
    assert.deepEqual([first?.data.map((record) => record.userMessage), first?.has_more], [['0', '3'], true]);
    const second = await store.history.query(scope, { type: 'a', order: 'asc', limit: 2, after: first?.after });
    assert.deepEqual([second?.data.map((record) => record.userMessage), second?.has_more, second?.after], [['6', '9'], false, undefined]);
  },
  'a later record for the same message supersedes the earlier ones': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, userItemId] = [newThreadId(), newId('message')];
    await addTurns(store, scope, [
      { threadId, userItemId, userMessage: 'first' }, { threadId, userItemId: newId('message'), userMessage: 'other' },
      { threadId, userItemId, userMessage: 'second' }, { threadId, userItemId, userMessage: 'third' },
    ]);
    assert.deepEqual(await messages(store, scope), ['other', 'third']);
    assert.deepEqual(await messages(store, scope, { threadId }), ['other', 'third']);
    assert.deepEqual(await messages(store, scope, { includeSuperseded: true }), ['first', 'other', 'second', 'third']);
    assert.deepEqual(await messages(store, scope, { includeSuperseded: false }), ['other', 'third']);
  },
  'a record that is superseded from the start supersedes none, and is superseded by none': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, userItemId] = [newThreadId(), newId('message')];
    await addTurns(store, scope, [{ threadId, userItemId, userMessage: 'good' }, { threadId, userItemId, userMessage: 'failed', superseded: true }]);
    assert.deepEqual(await messages(store, scope), ['good']);
    const all = await store.history.query(scope, { includeSuperseded: true });
    assert.deepEqual(all?.data.map((record) => [record.userMessage, 'superseded' in record]), [['failed', false], ['good', false]]);
    await addTurns(store, scope, [{ threadId, userItemId, userMessage: 'better' }]);
    assert.deepEqual(await messages(store, scope), ['better']);
  },
  'turns that answer no message supersede none': async ({ store, owner }) => {
    const scope = owner();
    const threadId = newThreadId();
    await addTurns(store, scope, [{ threadId, userMessage: '0' }, { threadId, userMessage: '1' }]);
    assert.deepEqual(await messages(store, scope), ['0', '1']);
  },
  'the same message id in another thread, or of another owner, is another message': async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const [threadId, userItemId] = [newThreadId(), newId('message')];
    await addTurns(store, scope, [{ threadId, userItemId, userMessage: '0' }]);
    await addTurns(store, scope, [{ userItemId, userMessage: '1' }]);
    await addTurns(store, foreign, [{ threadId, userItemId, userMessage: '2' }]);
    assert.deepEqual(await messages(store, scope), ['0', '1']);
  },
  'a superseded record is a cursor all the same': async ({ store, owner }) => {
    const scope = owner();
    const threadId = newThreadId();
    const userItemId = newId('message');
    const records = await addTurns(store, scope, [{ userMessage: '0' }, { threadId, userItemId, userMessage: '1' }, { userMessage: '2' }]);
    await addTurns(store, scope, [{ threadId, userItemId, userMessage: '3' }]);
    const page = async (order: 'asc' | 'desc') =>
      (await store.history.query(scope, { after: records[1]?.runId, order }))?.data.map((record) => record.userMessage);
    assert.deepEqual([await page('asc'), await page('desc')], [['2', '3'], ['0']]);
  },
  'records outlive their thread': async ({ store, owner }) => {
    const scope = owner();
    const threadId = newThreadId();
    await addTurns(store, scope, [{ threadId, userMessage: 'kept' }]);
    await store.threads.delete(scope, { threadId });
    assert.deepEqual(await messages(store, scope, { threadId }), ['kept']);
  },
  'records are never shared with the caller': async ({ store, owner }) => {
    const scope = owner();
    const record = sampleTurn(scope, { structuredData: { list: [1] } });
    const expected = structuredClone(record);
    await store.history.add(scope, record);
    (record.structuredData as { list: number[] }).list.push(2);
    record.createdAt.setTime(0);
    const read = (await store.history.query(scope, {}))?.data[0];
    assert.deepEqual(read, expected);
    (read?.structuredData as { list: number[] }).list.push(3);
    assert.deepEqual((await store.history.query(scope, {}))?.data, [expected]);
  },
});
