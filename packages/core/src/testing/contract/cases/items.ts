import assert from 'node:assert/strict';
import type { ThreadItem } from '../../../protocol/index.js';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { readItems } from '../reading.js';
import { itemsOfEveryType } from '../sample-items.js';
import { sampleItem, sampleItems, sampleThread, textsOf, writeThread } from '../samples.js';

export const itemCases = contractGroup('items', {
  'items are listed in the order they were put': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 3);
    await store.threads.write(scope, { threadId, put: [sampleItem(threadId, '3'), sampleItem(threadId, '4')] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0', '1', '2', '3', '4']);
  },
  'the order is that of arrival, not of created_at or id': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = [
      { ...sampleItem(threadId, 'first', `msg_z${newId('message')}`), created_at: '2030-01-01T00:00:00.000Z' },
      { ...sampleItem(threadId, 'second', `msg_a${newId('message')}`), created_at: '2020-01-01T00:00:00.000Z' },
      { ...sampleItem(threadId, 'third', `msg_m${newId('message')}`), created_at: '2025-01-01T00:00:00.000Z' },
    ];
    for (const item of items) await store.threads.write(scope, { threadId, put: [item] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['first', 'second', 'third']);
  },
  'a known item is replaced and keeps its place': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 3);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, put: [sampleItem(threadId, 'replaced', items[1]?.id)] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0', 'replaced', '2']);
  },
  'one write can replace and add': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 2);
    await store.threads.write(scope, { threadId, put: items });
    const change = [sampleItem(threadId, 'added'), sampleItem(threadId, 'replaced', items[0]?.id), sampleItem(threadId, 'added too')];
    await store.threads.write(scope, { threadId, put: change });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['replaced', '1', 'added', 'added too']);
  },
  'of one id put twice in a write the later one stays, at the first place': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const twice = sampleItem(threadId, 'early');
    await store.threads.write(scope, { threadId, put: [twice, sampleItem(threadId, 'between'), sampleItem(threadId, 'late', twice.id)] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['late', 'between']);
  },
  'remove takes these items out and passes over unknown ones': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 4);
    await store.threads.write(scope, { threadId, put: items });
    const remove = [items[2]?.id ?? '', newId('message'), items[0]?.id ?? ''];
    assert.equal(await store.threads.write(scope, { threadId, remove }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['1', '3']);
    assert.equal(await store.threads.getItem(scope, { threadId, itemId: items[0]?.id ?? '' }), null);
  },
  'removeAfter removes everything later and keeps the item itself': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 5);
    await store.threads.write(scope, { threadId, put: items });
    assert.equal(await store.threads.write(scope, { threadId, removeAfter: items[1]?.id ?? '' }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0', '1']);
    assert.equal(await store.threads.write(scope, { threadId, removeAfter: items[1]?.id ?? '' }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0', '1']);
  },
  'removeAfter goes by place, also when the item was replaced': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 3);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, put: [sampleItem(threadId, 'replaced', items[0]?.id)] });
    await store.threads.write(scope, { threadId, removeAfter: items[1]?.id });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['replaced', '1']);
  },
  'removeAfter an unknown or removed item is not_found and writes nothing': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const [kept, removed] = [sampleItem(threadId, 'kept'), sampleItem(threadId, 'removed')];
    await store.threads.write(scope, { threadId, put: [kept, removed] });
    await store.threads.write(scope, { threadId, remove: [removed.id] });
    for (const removeAfter of [newId('message'), removed.id]) {
      const change = { threadId, removeAfter, update: { title: 'x' }, remove: [kept.id], put: [sampleItem(threadId, 'new')] };
      assert.equal(await store.threads.write(scope, change), 'not_found');
    }
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['kept']);
    assert.equal((await store.threads.get(scope, { threadId }))?.title, undefined);
  },
  'removeAfter, remove and put of one write apply in this order': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 4);
    await store.threads.write(scope, { threadId, put: items });
    const again = sampleItem(threadId, 'again', items[0]?.id);
    const put = [sampleItem(threadId, 'answer'), again, sampleItem(threadId, 'back', items[3]?.id)];
    await store.threads.write(scope, { threadId, removeAfter: items[2]?.id, remove: [again.id], put });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['1', '2', 'answer', 'again', 'back']);
  },
  'an item removed earlier and put again gets a new place': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 3);
    await store.threads.write(scope, { threadId, put: items });
    await store.threads.write(scope, { threadId, remove: [items[0]?.id ?? ''] });
    await store.threads.write(scope, { threadId, put: [sampleItem(threadId, 'back', items[0]?.id)] });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['1', '2', 'back']);
  },
  'getItem finds an item of this thread alone': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, otherId] = [await writeThread(store, scope), await writeThread(store, scope)];
    const item = sampleItem(threadId);
    await store.threads.write(scope, { threadId, put: [item] });
    assert.deepEqual(await store.threads.getItem(scope, { threadId, itemId: item.id }), item);
    assert.equal(await store.threads.getItem(scope, { threadId: otherId, itemId: item.id }), null);
    assert.equal(await store.threads.getItem(scope, { threadId, itemId: newId('message') }), null);
  },
  'the same item id in two threads is two items': async ({ store, owner }) => {
    const scope = owner();
    const [first, second] = [await writeThread(store, scope), await writeThread(store, scope)];
    const itemId = newId('message');
    await store.threads.write(scope, { threadId: first, put: [sampleItem(first, 'one', itemId)] });
    assert.equal(await store.threads.write(scope, { threadId: second, put: [sampleItem(second, 'two', itemId)] }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, second)), ['two']);
    await store.threads.write(scope, { threadId: second, remove: [itemId] });
    assert.deepEqual(textsOf(await readItems(store, scope, first)), ['one']);
    assert.deepEqual(await readItems(store, scope, second), []);
  },
  'every item type comes back as it was written': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = itemsOfEveryType(threadId);
    await store.threads.write(scope, { threadId, put: items });
    assert.deepEqual(await readItems(store, scope, threadId), items);
    for (const item of items) assert.deepEqual(await store.threads.getItem(scope, { threadId, itemId: item.id }), item);
  },
  'unknown item types and fields are kept': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    // A later version of the protocol may have written it, or an older one.
    const item = { ...sampleItem(threadId), type: 'hologram', x_field: { deep: [null, { y: 0 }] } } as unknown as ThreadItem;
    await store.threads.write(scope, { threadId, put: [item] });
    assert.deepEqual(await readItems(store, scope, threadId), [item]);
  },
  'numbers, nulls and key names survive exactly': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const content = {
      numbers: [0, -1, 1.5, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, Number.MAX_VALUE], nothing: null, no: false,
      keys: { '': 1, 'a.b': 2, 'a b': 3, $ref: 4, constructor: 5 }, lists: [[], [[]], [{}]],
    };
    const item: ThreadItem = { id: newId('message'), thread_id: threadId, created_at: '2026-01-02T03:04:05.678Z', type: 'hidden_context_item', content };
    await store.threads.write(scope, { threadId, put: [item] });
    assert.deepEqual(await store.threads.getItem(scope, { threadId, itemId: item.id }), item);
  },
  'a refused write leaves no part of itself': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 2);
    const before = [await store.threads.get(scope, { threadId }), await readItems(store, scope, threadId)];
    const change = { threadId, update: { title: 'x' }, put: [sampleItem(threadId)], attach: [newId('attachment')] };
    assert.equal(await store.threads.write(scope, change), 'not_found');
    assert.deepEqual([await store.threads.get(scope, { threadId }), await readItems(store, scope, threadId)], before);
  },
  'a refused write makes no thread': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread();
    const change = { threadId: thread.id, create: thread, put: [sampleItem(thread.id)], attach: [newId('attachment')] };
    assert.equal(await store.threads.write(scope, change), 'not_found');
    assert.equal(await store.threads.get(scope, { threadId: thread.id }), null);
    assert.deepEqual(await store.threads.list(scope, {}), { data: [], has_more: false });
  },
  'a write that changes nothing is written': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 1);
    assert.equal(await store.threads.write(scope, { threadId }), 'written');
    assert.equal(await store.threads.write(scope, { threadId, put: [], remove: [], attach: [], update: {} }), 'written');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0']);
  },
  '500 items fit into one write': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = sampleItems(threadId, 500);
    await store.threads.write(scope, { threadId, put: items });
    assert.deepEqual(await readItems(store, scope, threadId), items);
  },
  'an item of a megabyte survives': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const item = sampleItem(threadId, 'ä0123456789"\\\n'.repeat(70_000));
    await store.threads.write(scope, { threadId, put: [item] });
    assert.deepEqual(await store.threads.getItem(scope, { threadId, itemId: item.id }), item);
  },
  'items are never shared with the caller': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const item = sampleItem(threadId, 'as written');
    const expected = structuredClone(item);
    await store.threads.write(scope, { threadId, put: [item] });
    item.content.push({ type: 'output_text', text: 'changed by the writer', annotations: [] });
    const read = await store.threads.getItem(scope, { threadId, itemId: item.id });
    assert.deepEqual(read, expected);
    if (read?.type === 'assistant_message') read.content.length = 0;
    const listed = (await readItems(store, scope, threadId))[0];
    assert.deepEqual(listed, expected);
    if (listed?.type === 'assistant_message') listed.content.length = 0;
    assert.deepEqual(await store.threads.getItem(scope, { threadId, itemId: item.id }), expected);
  },
});
