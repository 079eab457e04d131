import assert from 'node:assert/strict';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { readItems } from '../reading.js';
import { race, tally } from '../racing.js';
import { sampleAttachment, sampleItem, sampleThread, sampleTurn, textsOf, writeThread } from '../samples.js';

export const concurrencyCases = contractGroup('concurrency', {
  'a reader that follows the sequence misses none of 8 writers of 500 items each': async (context) => {
    const { store, owner, other } = context;
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const [writers, perWriter, batch] = [8, 500, 5];
    const writing = race(context, writers, async ({ threads }, writer) => {
      for (let start = 0; start < perWriter; start += batch) {
        const put = Array.from({ length: batch }, (_, index) => sampleItem(threadId, `${writer}:${start + index}`));
        assert.equal(await threads.write(scope, { threadId, put }), 'written');
      }
    });
    let done = false;
    void writing.catch(() => undefined).finally(() => (done = true));
    const reader = (await other()).threads;
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const last = done;
      const page = await reader.listItems(scope, { threadId, after, order: 'asc', limit: 100 });
      assert.ok(page);
      seen.push(...textsOf(page.data));
      after = page.data.at(-1)?.id ?? after;
      if (last && page.data.length === 0) break;
    }
    await writing;
    assert.equal(seen.length, writers * perWriter, 'every item once');
    assert.deepEqual(seen, textsOf(await readItems(store, scope, threadId)));
    for (let writer = 0; writer < writers; writer += 1) {
      const own = seen.filter((text) => text.startsWith(`${writer}:`));
      assert.deepEqual(own, Array.from({ length: perWriter }, (_, index) => `${writer}:${index}`));
    }
  },
  'items of one write stay together': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    await race(context, 20, ({ threads }, writer) =>
      threads.write(scope, { threadId, put: ['a', 'b', 'c'].map((part) => sampleItem(threadId, `${writer}${part}`)) }),
    );
    const texts = textsOf(await readItems(context.store, scope, threadId));
    for (let start = 0; start < texts.length; start += 3) {
      const writer = texts[start]?.slice(0, -1);
      assert.deepEqual(texts.slice(start, start + 3), [`${writer}a`, `${writer}b`, `${writer}c`]);
    }
    assert.equal(texts.length, 60);
  },
  'one item put by many at once is one item': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    const itemId = newId('message');
    await race(context, 20, ({ threads }, writer) => threads.write(scope, { threadId, put: [sampleItem(threadId, String(writer), itemId)] }));
    assert.equal((await readItems(context.store, scope, threadId)).length, 1);
  },
  'a thread made by many at once is one thread with all items': async (context) => {
    const scope = context.owner();
    const thread = sampleThread();
    const results = await race(context, 20, ({ threads }) => threads.write(scope, { threadId: thread.id, create: thread, put: [sampleItem(thread.id)] }));
    assert.deepEqual(tally(results), { written: 20 });
    assert.equal((await context.store.threads.list(scope, {}))?.data.length, 1);
    assert.equal((await readItems(context.store, scope, thread.id)).length, 20);
  },
  'of owners that make a thread with one id at once exactly one gets it': async (context) => {
    const owners = Array.from({ length: 10 }, () => context.owner());
    const thread = sampleThread();
    const results = await race(context, 10, ({ threads }, index) => threads.write(owners[index] ?? context.owner(), { threadId: thread.id, create: thread }));
    assert.deepEqual(tally(results), { written: 1, not_found: 9 });
    const seen = await Promise.all(owners.map((scope) => context.store.threads.get(scope, { threadId: thread.id })));
    assert.deepEqual(seen.map((found) => found !== null), results.map((result) => result === 'written'));
  },
  'of many deletes of one thread exactly one is true': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope, 3);
    const results = await race(context, 10, ({ threads }) => threads.delete(scope, { threadId }));
    assert.equal(results.filter(Boolean).length, 1);
  },
  'a delete between writes leaves no items without a thread': async (context) => {
    const scope = context.owner();
    const thread = sampleThread();
    await context.store.threads.write(scope, { threadId: thread.id, create: thread });
    const results = await race(context, 21, async ({ threads }, index) =>
      index === 10 ? threads.delete(scope, { threadId: thread.id }) : threads.write(scope, { threadId: thread.id, put: [sampleItem(thread.id)] }),
    );
    assert.ok(results.every((result) => result === true || result === 'written' || result === 'not_found'), String(results));
    assert.equal(await context.store.threads.listItems(scope, { threadId: thread.id }), null);
    await context.store.threads.write(scope, { threadId: thread.id, create: thread });
    assert.deepEqual(await readItems(context.store, scope, thread.id), []);
  },
  'concurrent updates of different fields keep both': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    await race(context, 30, ({ threads }, index) => {
      if (index % 3 === 0) return threads.write(scope, { threadId, update: { title: 'title' } });
      if (index % 3 === 1) return threads.write(scope, { threadId, update: { metadata: { kept: true } } });
      return threads.write(scope, { threadId, update: { status: { type: 'locked' } } });
    });
    const { title, metadata, status } = (await context.store.threads.get(scope, { threadId })) ?? assert.fail();
    assert.deepEqual({ title, metadata, status }, { title: 'title', metadata: { kept: true }, status: { type: 'locked' } });
  },
  'concurrent fenced writers are written in the order of their fences, or refused': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    const results = await race(context, 30, ({ threads }, index) => {
      const fence = ((index * 7) % 30) + 1;
      return threads.write(scope, { threadId, fence, put: [sampleItem(threadId, String(fence))] });
    });
    const fences = textsOf(await readItems(context.store, scope, threadId)).map(Number);
    assert.deepEqual(fences, fences.toSorted((a, b) => a - b));
    assert.equal(fences.at(-1), 30);
    assert.equal(results.filter((result) => result === 'written').length, fences.length);
    assert.ok(results.every((result) => result === 'written' || result === 'stale_run'));
  },
  'of many threads that attach one record at once exactly one gets it': async (context) => {
    const scope = context.owner();
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push(await writeThread(context.store, scope));
    const attachment = sampleAttachment();
    await context.store.threads.putAttachment(scope, attachment);
    const results = await race(context, 10, ({ threads }, index) => threads.write(scope, { threadId: ids[index] ?? '', attach: [attachment.id] }));
    assert.deepEqual(tally(results), { written: 1, not_found: 9 });
    const [bound] = await context.store.threads.getAttachments(scope, [attachment.id]);
    assert.equal(bound?.thread_id, ids[results.indexOf('written')]);
  },
  'writers that touch items and attachments in opposite orders do not block each other': async (context) => {
    const scope = context.owner();
    const threadId = await writeThread(context.store, scope);
    const attachments = Array.from({ length: 6 }, () => sampleAttachment());
    for (const attachment of attachments) await context.store.threads.putAttachment(scope, attachment);
    const items = Array.from({ length: 6 }, () => sampleItem(threadId));
    const results = await race(context, 20, ({ threads }, index) => {
      const turned = index % 4 < 2;
      const [attach, put] = [attachments.map(({ id }) => id), items];
      return threads.write(scope, { threadId, attach: turned ? attach : attach.toReversed(), put: turned ? put : put.toReversed() });
    });
    assert.deepEqual(tally(results), { written: 20 });
    assert.equal((await readItems(context.store, scope, threadId)).length, 6);
  },
  'a record added by many at once is one record': async (context) => {
    const scope = context.owner();
    const record = sampleTurn(scope, { userItemId: newId('message') });
    await race(context, 20, ({ history }) => history.add(scope, record));
    assert.deepEqual((await context.store.history.query(scope, { includeSuperseded: true }))?.data, [record]);
    assert.equal((await context.store.history.query(scope, {}))?.data.length, 1);
  },
  'of many records for one message at once exactly one is not superseded': async (context) => {
    const scope = context.owner();
    const [threadId, userItemId] = [newThreadId(), newId('message')];
    await race(context, 20, ({ history }) => history.add(scope, sampleTurn(scope, { threadId, userItemId })));
    assert.equal((await context.store.history.query(scope, {}))?.data.length, 1);
    assert.equal((await context.store.history.query(scope, { includeSuperseded: true }))?.data.length, 20);
  },
  'a reader that follows the records misses none of many writers': async (context) => {
    const scope = context.owner();
    const writing = race(context, 8, async ({ history }) => {
      for (let count = 0; count < 20; count += 1) await history.add(scope, sampleTurn(scope));
    });
    let done = false;
    void writing.catch(() => undefined).finally(() => (done = true));
    const reader = (await context.other()).history;
    const seen: string[] = [];
    for (;;) {
      const last = done;
      const page = await reader.query(scope, { after: seen.at(-1), order: 'asc', limit: 50 });
      seen.push(...(page?.data ?? assert.fail('the cursor stays known')).map((record) => record.runId));
      if (last && page?.data.length === 0) break;
    }
    await writing;
    assert.equal(seen.length, 160);
    assert.equal(new Set(seen).size, 160);
  },
});
