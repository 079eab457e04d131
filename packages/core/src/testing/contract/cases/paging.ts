import assert from 'node:assert/strict';
import type { Page, ThreadItem } from '../../../protocol/index.js';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { readAll, readItems } from '../reading.js';
import { sampleItem, sampleItems, textsOf, writeThread } from '../samples.js';

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

export const pagingCases = contractGroup('paging', {
  'a page is 20 of the newest, newest first, unless asked otherwise': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 25);
    const page = await store.threads.listItems(scope, { threadId });
    assert.deepEqual(textsOf(page?.data), numbers(5, 24).toReversed());
    assert.equal(page?.has_more, true);
    assert.equal(page?.after, page?.data.at(-1)?.id);
  },
  'a page holds 1 to 100 records, whatever is asked for': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 120);
    const sizes = { 9999: 100, 101: 100, 100: 100, 99: 99, 1: 1, 0: 1, [-5]: 1, 2.7: 2, Infinity: 100, NaN: 20 };
    for (const [limit, size] of Object.entries(sizes)) {
      const page = await store.threads.listItems(scope, { threadId, limit: Number(limit) });
      assert.equal(page?.data.length, size, `limit ${limit}`);
    }
  },
  'a page that ends exactly with the list has no more and no cursor': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 4);
    for (const order of ['asc', 'desc'] as const) {
      const page = await store.threads.listItems(scope, { threadId, order, limit: 4 });
      assert.equal(page?.data.length, 4);
      assert.deepEqual({ ...page, data: [] }, { data: [], has_more: false });
    }
  },
  'the cursor is exclusive in both orders': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 5);
    await store.threads.write(scope, { threadId, put: items });
    const after = items[2]?.id;
    assert.deepEqual(textsOf((await store.threads.listItems(scope, { threadId, after, order: 'asc' }))?.data), ['3', '4']);
    assert.deepEqual(textsOf((await store.threads.listItems(scope, { threadId, after, order: 'desc' }))?.data), ['1', '0']);
  },
  'after the last record comes an empty page': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 3);
    await store.threads.write(scope, { threadId, put: items });
    assert.deepEqual(await store.threads.listItems(scope, { threadId, after: items[2]?.id, order: 'asc' }), { data: [], has_more: false });
    assert.deepEqual(await store.threads.listItems(scope, { threadId, after: items[0]?.id, order: 'desc' }), { data: [], has_more: false });
  },
  'a walk meets every record once, in order, with any page size': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 23);
    for (const limit of [1, 2, 5, 22, 23, 24]) {
      assert.deepEqual(textsOf(await readItems(store, scope, threadId, { limit })), numbers(0, 22), `asc, limit ${limit}`);
      assert.deepEqual(textsOf(await readItems(store, scope, threadId, { limit, order: 'desc' })), numbers(0, 22).toReversed(), `desc, limit ${limit}`);
    }
  },
  'a thread without items has an empty page': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    assert.deepEqual(await store.threads.listItems(scope, { threadId }), { data: [], has_more: false });
  },
  'items of an unknown thread are null': async ({ store, owner }) => {
    assert.equal(await store.threads.listItems(owner(), { threadId: newThreadId() }), null);
  },
  'an unknown cursor gives null': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 2);
    for (const order of ['asc', 'desc'] as const) {
      assert.equal(await store.threads.listItems(scope, { threadId, after: newId('message'), order }), null);
      assert.equal(await store.threads.list(scope, { after: newThreadId(), order }), null);
    }
  },
  'an item of another thread is no cursor': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, otherId] = [await writeThread(store, scope, 2), await writeThread(store, scope, 2)];
    const stranger = (await readItems(store, scope, otherId))[0];
    assert.equal(await store.threads.listItems(scope, { threadId, after: stranger?.id }), null);
  },
  'the cursor of a removed item works in both orders': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 7);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, remove: [items[3]?.id ?? ''] });
    const page = async (order: 'asc' | 'desc') => textsOf((await store.threads.listItems(scope, { threadId, after: items[3]?.id, order }))?.data);
    assert.deepEqual([await page('asc'), await page('desc')], [['4', '5', '6'], ['2', '1', '0']]);
    await store.threads.write(scope, { threadId, remove: [items[2]?.id ?? '', items[4]?.id ?? ''] });
    assert.deepEqual([await page('asc'), await page('desc')], [['5', '6'], ['1', '0']]);
  },
  'a cursor works when every item is gone': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 3);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, remove: items.map((item) => item.id) });
    assert.deepEqual(await store.threads.listItems(scope, { threadId, after: items[1]?.id }), { data: [], has_more: false });
  },
  'the cursor of an item that removeAfter took works': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 5);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, removeAfter: items[1]?.id, put: [sampleItem(threadId, 'new')] });
    const page = async (order: 'asc' | 'desc') => textsOf((await store.threads.listItems(scope, { threadId, after: items[3]?.id, order }))?.data);
    assert.deepEqual([await page('asc'), await page('desc')], [['new'], ['1', '0']]);
  },
  'a replaced item keeps its place for a walk that is under way': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 6);
    await store.threads.write(scope, { threadId, put: items });
    const first = await store.threads.listItems(scope, { threadId, limit: 3, order: 'asc' });
    await store.threads.write(scope, { threadId, put: [items[2], items[0], items[5]].flatMap((item) => (item ? [{ ...item, content: [] }] : [])) });
    const rest = await readItems(store, scope, threadId, { after: first?.after, limit: 3 });
    assert.deepEqual(rest.map((item) => item.id), items.slice(3).map((item) => item.id));
  },
  'items put during a walk come last going up and never going down': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 6);
    const up = await store.threads.listItems(scope, { threadId, limit: 2, order: 'asc' });
    const down = await store.threads.listItems(scope, { threadId, limit: 2, order: 'desc' });
    await store.threads.write(scope, { threadId, put: [sampleItem(threadId, 'new')] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId, { after: up?.after, limit: 2 })), ['2', '3', '4', '5', 'new']);
    assert.deepEqual(textsOf(await readItems(store, scope, threadId, { after: down?.after, limit: 2, order: 'desc' })), ['3', '2', '1', '0']);
  },
  'threads are paged as items are': async ({ store, owner }) => {
    const scope = owner();
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(await writeThread(store, scope));
    const walk = async (order: 'asc' | 'desc', limit: number) => (await readAll((page) => store.threads.list(scope, page), { order, limit })).map(({ id }) => id);
    for (const limit of [1, 3, 7, 8]) {
      assert.deepEqual(await walk('asc', limit), ids);
      assert.deepEqual(await walk('desc', limit), ids.toReversed());
    }
    const page = await store.threads.list(scope, { order: 'asc', limit: 2 });
    assert.equal(page?.after, ids[1]);
  },
  'the cursor of a deleted thread works in both orders': async ({ store, owner }) => {
    const scope = owner();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push(await writeThread(store, scope));
    for (const threadId of ids.slice(1, 4)) await store.threads.delete(scope, { threadId });
    const page = async (order: 'asc' | 'desc') => (await store.threads.list(scope, { after: ids[2], order }))?.data.map(({ id }) => id);
    assert.deepEqual([await page('asc'), await page('desc')], [[ids[4]], [ids[0]]]);
  },
  '10,000 items of one millisecond are paged under concurrent puts and removals without a duplicate or a skip': async ({ store, owner, other }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 10_000);
    for (let start = 0; start < items.length; start += 500) await store.threads.write(scope, { threadId, put: items.slice(start, start + 500) });
    const removed = new Set<string>();
    const [asc, desc] = [stepper(store.threads, 'asc'), stepper(await other().then((node) => node.threads), 'desc')];
    let round = 0;
    while (!asc.done || !desc.done) {
      const victims = items.filter((_, index) => index % 211 === round % 211).map((item) => item.id);
      for (const id of victims) removed.add(id);
      await Promise.all([
        asc.step(), desc.step(),
        store.threads.write(scope, { threadId, remove: victims, put: round < 50 ? sampleItems(threadId, 3) : [] }),
      ]);
      round += 1;
    }
    const survivors = items.filter((item) => !removed.has(item.id)).map((item) => item.id);
    const original = new Set(items.map((item) => item.id));
    for (const { seen } of [asc, { seen: desc.seen.toReversed() }]) {
      assert.equal(new Set(seen).size, seen.length, 'no item twice');
      const met = new Set(seen);
      assert.deepEqual(survivors.filter((id) => !met.has(id)), [], 'no item left out');
      const place = new Map(items.map((item, index) => [item.id, index]));
      const places = seen.filter((id) => original.has(id)).map((id) => place.get(id) ?? -1);
      assert.deepEqual(places, places.toSorted((a, b) => a - b), 'in order');
    }

    function stepper(threads: typeof store.threads, order: 'asc' | 'desc') {
      const state = { seen: [] as string[], done: false, step };
      let after: string | undefined;
      async function step(): Promise<void> {
        if (state.done) return;
        const page: Page<ThreadItem> | null = await threads.listItems(scope, { threadId, after, order, limit: 100 });
        assert.ok(page, 'a cursor of this walk stays known');
        state.seen.push(...page.data.map((item) => item.id));
        after = page.after;
        state.done = after === undefined;
      }
      return state;
    }
  },
});
