import assert from 'node:assert/strict';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { readAll, readItems } from '../reading.js';
import { sampleItem, sampleThread, writeThread } from '../samples.js';

export const threadCases = contractGroup('threads', {
  'a thread comes back as it was written': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({
      title: 'Stock', status: { type: 'locked', reason: 'audit' }, allowed_image_domains: ['a.example', 'b.example'],
      metadata: { nested: { list: [1, 2.5, null, true, 'x'], empty: {} } },
    });
    assert.equal(await store.threads.write(scope, { threadId: thread.id, create: thread }), 'written');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
  },
  'what a thread lacks is absent, not null': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const thread = await store.threads.get(scope, { threadId });
    assert.deepEqual(Object.keys(thread ?? {}).sort(), ['created_at', 'id', 'metadata', 'status']);
  },
  'an unknown thread is null': async ({ store, owner }) => {
    assert.equal(await store.threads.get(owner(), { threadId: newThreadId() }), null);
  },
  'a write without create makes no thread': async ({ store, owner }) => {
    const scope = owner();
    const threadId = newThreadId();
    assert.equal(await store.threads.write(scope, { threadId, update: { title: 'x' }, put: [sampleItem(threadId)] }), 'not_found');
    assert.equal(await store.threads.get(scope, { threadId }), null);
    assert.equal(await store.threads.listItems(scope, { threadId }), null);
  },
  'create leaves a thread that exists as it is': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'first', metadata: { a: 1 } });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const again = { ...thread, title: 'second', metadata: { b: 2 } };
    assert.equal(await store.threads.write(scope, { threadId: thread.id, create: again, put: [sampleItem(thread.id, 'kept')] }), 'written');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
    assert.equal((await readItems(store, scope, thread.id)).length, 1);
  },
  'create with the id of another owner is not_found and changes nothing': async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const thread = sampleThread({ title: 'mine' });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const attempt = { threadId: thread.id, create: { ...thread, title: 'theirs' }, put: [sampleItem(thread.id)] };
    assert.equal(await store.threads.write(foreign, attempt), 'not_found');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
    assert.equal(await store.threads.get(foreign, { threadId: thread.id }), null);
    assert.deepEqual(await readItems(store, scope, thread.id), []);
  },
  'create and update of one write apply in this order': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'created' });
    await store.threads.write(scope, { threadId: thread.id, create: thread, update: { title: 'updated' } });
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), { ...thread, title: 'updated' });
  },
  'update changes what it names and leaves the rest': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'a', metadata: { kept: true }, allowed_image_domains: ['a.example'] });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const read = () => store.threads.get(scope, { threadId: thread.id });
    await store.threads.write(scope, { threadId: thread.id, update: { title: 'b' } });
    assert.deepEqual(await read(), { ...thread, title: 'b' });
    await store.threads.write(scope, { threadId: thread.id, update: { status: { type: 'closed', reason: 'done' } } });
    assert.deepEqual(await read(), { ...thread, title: 'b', status: { type: 'closed', reason: 'done' } });
    await store.threads.write(scope, { threadId: thread.id, update: { allowedImageDomains: [] } });
    assert.deepEqual(await read(), { ...thread, title: 'b', status: { type: 'closed', reason: 'done' }, allowed_image_domains: [] });
  },
  'update with undefined fields changes nothing': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'a', metadata: { kept: true }, status: { type: 'locked' }, allowed_image_domains: ['a.example'] });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const update = { title: undefined, status: undefined, metadata: undefined, allowedImageDomains: undefined };
    await store.threads.write(scope, { threadId: thread.id, update });
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
  },
  'update with null clears': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'a', metadata: { gone: true }, status: { type: 'locked' }, allowed_image_domains: ['a.example'] });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    await store.threads.write(scope, { threadId: thread.id, update: { title: null, status: null, metadata: null, allowedImageDomains: null } });
    const expected = { id: thread.id, created_at: thread.created_at, status: { type: 'active' }, metadata: {} };
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), expected);
  },
  'an empty title is a title': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    await store.threads.write(scope, { threadId, update: { title: '' } });
    assert.equal((await store.threads.get(scope, { threadId }))?.title, '');
  },
  'metadata is replaced, not merged': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ metadata: { a: 1, deep: { b: 2 } } });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    await store.threads.write(scope, { threadId: thread.id, update: { metadata: { deep: { c: 3 } } } });
    assert.deepEqual((await store.threads.get(scope, { threadId: thread.id }))?.metadata, { deep: { c: 3 } });
  },
  'onlyIfActive refuses a locked and a closed thread and writes nothing': async ({ store, owner }) => {
    for (const type of ['locked', 'closed'] as const) {
      const scope = owner();
      const thread = sampleThread({ status: { type } });
      await store.threads.write(scope, { threadId: thread.id, create: thread });
      const change = { threadId: thread.id, onlyIfActive: true, update: { title: 'x' }, put: [sampleItem(thread.id)] };
      assert.equal(await store.threads.write(scope, change), 'not_active');
      assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), thread);
      assert.deepEqual(await readItems(store, scope, thread.id), []);
    }
  },
  'onlyIfPresent writes where the thread has the item, and nothing where it has not': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const item = sampleItem(threadId);
    const change = { threadId, onlyIfPresent: item.id, update: { title: 'x' }, put: [item] };
    assert.equal(await store.threads.write(scope, change), 'not_found');
    assert.equal((await store.threads.get(scope, { threadId }))?.title, undefined);
    assert.deepEqual(await readItems(store, scope, threadId), []);
    await store.threads.write(scope, { threadId, put: [item] });
    assert.equal(await store.threads.write(scope, change), 'written');
    await store.threads.write(scope, { threadId, remove: [item.id] });
    assert.equal(await store.threads.write(scope, change), 'not_found');
    assert.deepEqual(await readItems(store, scope, threadId), []);
  },
  'onlyIfActive lets an active thread be written and locked': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const change = { threadId, onlyIfActive: true, update: { status: { type: 'locked' as const } }, put: [sampleItem(threadId)] };
    assert.equal(await store.threads.write(scope, change), 'written');
    assert.equal(await store.threads.write(scope, change), 'not_active');
    assert.equal((await readItems(store, scope, threadId)).length, 1);
  },
  'onlyIfActive looks at the status of the thread it makes': async ({ store, owner }) => {
    const scope = owner();
    const closed = sampleThread({ status: { type: 'closed' } });
    assert.equal(await store.threads.write(scope, { threadId: closed.id, onlyIfActive: true, create: closed }), 'not_active');
    assert.equal(await store.threads.get(scope, { threadId: closed.id }), null);
    const active = sampleThread();
    assert.equal(await store.threads.write(scope, { threadId: active.id, onlyIfActive: true, create: active }), 'written');
  },
  'delete removes the thread with its items, once': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread();
    const item = sampleItem(thread.id);
    await store.threads.write(scope, { threadId: thread.id, create: thread, put: [item] });
    assert.equal(await store.threads.delete(scope, { threadId: thread.id }), true);
    assert.equal(await store.threads.delete(scope, { threadId: thread.id }), false);
    assert.equal(await store.threads.get(scope, { threadId: thread.id }), null);
    assert.equal(await store.threads.getItem(scope, { threadId: thread.id, itemId: item.id }), null);
    assert.equal(await store.threads.listItems(scope, { threadId: thread.id }), null);
    assert.deepEqual(await store.threads.list(scope, {}), { data: [], has_more: false });
  },
  'deleting an unknown thread is false': async ({ store, owner }) => {
    assert.equal(await store.threads.delete(owner(), { threadId: newThreadId() }), false);
  },
  'a deleted thread can be written only by making it anew, and is empty then': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'old' });
    await store.threads.write(scope, { threadId: thread.id, create: thread, put: [sampleItem(thread.id)] });
    const later = await writeThread(store, scope);
    await store.threads.delete(scope, { threadId: thread.id });
    assert.equal(await store.threads.write(scope, { threadId: thread.id, put: [sampleItem(thread.id)] }), 'not_found');
    const anew = { ...thread, title: 'new' };
    assert.equal(await store.threads.write(scope, { threadId: thread.id, create: anew }), 'written');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), anew);
    assert.deepEqual(await readItems(store, scope, thread.id), []);
    assert.deepEqual((await store.threads.list(scope, { order: 'asc' }))?.data.map((entry) => entry.id), [later, thread.id]);
  },
  'the list is in order of creation whatever is written later': async ({ store, owner }) => {
    const scope = owner();
    const ids = [await writeThread(store, scope), await writeThread(store, scope), await writeThread(store, scope)];
    await store.threads.write(scope, { threadId: ids[0] ?? '', update: { title: 'touched' }, put: [sampleItem(ids[0] ?? '')] });
    const list = async (order?: 'asc' | 'desc') => (await store.threads.list(scope, { order }))?.data.map((thread) => thread.id);
    assert.deepEqual(await list('asc'), ids);
    assert.deepEqual(await list('desc'), ids.toReversed());
    assert.deepEqual(await list(), ids.toReversed());
  },
  'the list holds threads as they are': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: 'a', metadata: { x: [1] } });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    await store.threads.write(scope, { threadId: thread.id, update: { title: 'b' } });
    assert.deepEqual(await readAll((page) => store.threads.list(scope, page)), [{ ...thread, title: 'b' }]);
  },
  'an owner without threads has an empty list': async ({ store, owner }) => {
    assert.deepEqual(await store.threads.list(owner(), {}), { data: [], has_more: false });
  },
  'values are never shared with the caller': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ metadata: { list: ['as written'] } });
    const expected = structuredClone(thread);
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    (thread.metadata.list as string[]).push('changed by the writer');
    const read = await store.threads.get(scope, { threadId: thread.id });
    assert.deepEqual(read, expected);
    (read?.metadata.list as string[]).push('changed by a reader');
    const listed = (await store.threads.list(scope, {}))?.data[0];
    assert.deepEqual(listed, expected);
    (listed?.metadata.list as string[]).push('changed by a reader of the list');
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), expected);
  },
});
