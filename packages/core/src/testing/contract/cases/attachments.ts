import assert from 'node:assert/strict';
import { ChatKitError } from '../../../errors/chatkit-error.js';
import type { Attachment } from '../../../protocol/index.js';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { readItems } from '../reading.js';
import { sampleAttachment, sampleItem, sampleThread, writeThread } from '../samples.js';

const upload = { url: 'https://storage.example/signed', method: 'PUT' as const, headers: { 'x-a': 'b' } };
const notFound = (error: unknown): boolean => ChatKitError.isInstance(error) && error.code === 'not_found';

export const attachmentCases = contractGroup('attachments', {
  'a record comes back as it was put': async ({ store, owner }) => {
    const scope = owner();
    const image: Attachment = {
      id: newId('attachment'), type: 'image', name: 'photo (1).png', mime_type: 'image/png', preview_url: 'https://a.example/p',
      upload_descriptor: upload, metadata: { width: 640, tags: ['x'] },
    };
    const file = sampleAttachment();
    await store.threads.putAttachment(scope, image);
    await store.threads.putAttachment(scope, file);
    assert.deepEqual(await store.threads.getAttachments(scope, [image.id, file.id]), [image, file]);
  },
  'records come in the order asked, without those that are absent': async ({ store, owner }) => {
    const scope = owner();
    const [a, b, c] = [sampleAttachment(), sampleAttachment(), sampleAttachment()];
    for (const attachment of [a, b, c]) await store.threads.putAttachment(scope, attachment);
    const asked = [c.id, newId('attachment'), a.id, b.id];
    assert.deepEqual(await store.threads.getAttachments(scope, asked), [c, a, b]);
    // The other way round as well: ids are random, and one way may happen to be their own order.
    assert.deepEqual(await store.threads.getAttachments(scope, asked.toReversed()), [b, a, c]);
    assert.deepEqual(await store.threads.getAttachments(scope, []), []);
    assert.deepEqual(await store.threads.getAttachments(scope, [newId('attachment')]), []);
  },
  'put replaces a record': async ({ store, owner }) => {
    const scope = owner();
    const before = sampleAttachment({ upload_descriptor: upload });
    await store.threads.putAttachment(scope, before);
    const after = { ...sampleAttachment({ id: before.id, name: 'renamed.pdf' }), metadata: { pages: 3 } };
    await store.threads.putAttachment(scope, after);
    assert.deepEqual(await store.threads.getAttachments(scope, [before.id]), [after]);
  },
  'a new record may be bound from the start': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const attachment = sampleAttachment({ thread_id: threadId });
    await store.threads.putAttachment(scope, attachment);
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [attachment]);
    const elsewhere = await writeThread(store, scope);
    assert.equal(await store.threads.write(scope, { threadId: elsewhere, attach: [attachment.id] }), 'not_found');
    assert.equal(await store.threads.write(scope, { threadId, attach: [attachment.id] }), 'written');
  },
  'put with the id of another owner throws not_found and changes nothing': async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    await assert.rejects(store.threads.putAttachment(foreign, { ...attachment, name: 'theirs' }), notFound);
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [attachment]);
    assert.deepEqual(await store.threads.getAttachments(foreign, [attachment.id]), []);
  },
  'attach binds the record and drops its upload address': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const attachment = { ...sampleAttachment(), metadata: { kept: true } };
    await store.threads.putAttachment(scope, { ...attachment, upload_descriptor: upload });
    assert.equal(await store.threads.write(scope, { threadId, attach: [attachment.id] }), 'written');
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [{ ...attachment, thread_id: threadId }]);
  },
  'attach binds several at once, to a thread that the same write makes': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread();
    const attachments = [sampleAttachment(), sampleAttachment()];
    for (const attachment of attachments) await store.threads.putAttachment(scope, attachment);
    const attach = attachments.map(({ id }) => id);
    assert.equal(await store.threads.write(scope, { threadId: thread.id, create: thread, attach }), 'written');
    assert.deepEqual(await store.threads.getAttachments(scope, attach), attachments.map((attachment) => ({ ...attachment, thread_id: thread.id })));
  },
  'attach to the same thread again is fine': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    assert.equal(await store.threads.write(scope, { threadId, attach: [attachment.id] }), 'written');
    assert.equal(await store.threads.write(scope, { threadId, attach: [attachment.id] }), 'written');
  },
  'a bound record can not be bound to another thread': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, otherId] = [await writeThread(store, scope), await writeThread(store, scope)];
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    await store.threads.write(scope, { threadId, attach: [attachment.id] });
    assert.equal(await store.threads.write(scope, { threadId: otherId, attach: [attachment.id], put: [sampleItem(otherId)] }), 'not_found');
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [{ ...attachment, thread_id: threadId }]);
    assert.deepEqual(await readItems(store, scope, otherId), []);
  },
  'one bad attachment refuses the whole write': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const good = sampleAttachment({ upload_descriptor: upload });
    await store.threads.putAttachment(scope, good);
    const change = { threadId, put: [sampleItem(threadId)], attach: [good.id, newId('attachment')] };
    assert.equal(await store.threads.write(scope, change), 'not_found');
    assert.deepEqual(await store.threads.getAttachments(scope, [good.id]), [good]);
    assert.deepEqual(await readItems(store, scope, threadId), []);
  },
  "another owner's attachment can not be attached": async ({ store, owner }) => {
    const [scope, foreign] = [owner(), owner()];
    const threadId = await writeThread(store, foreign);
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    assert.equal(await store.threads.write(foreign, { threadId, attach: [attachment.id] }), 'not_found');
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [attachment]);
  },
  'put never changes the thread of a known record': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, otherId] = [await writeThread(store, scope), await writeThread(store, scope)];
    const bound = sampleAttachment();
    await store.threads.putAttachment(scope, bound);
    await store.threads.write(scope, { threadId, attach: [bound.id] });
    await store.threads.putAttachment(scope, { ...bound, name: 'again.pdf', thread_id: otherId });
    await store.threads.putAttachment(scope, { ...bound, name: 'again.pdf' });
    assert.deepEqual(await store.threads.getAttachments(scope, [bound.id]), [{ ...bound, name: 'again.pdf', thread_id: threadId }]);
    const free = sampleAttachment();
    await store.threads.putAttachment(scope, free);
    await store.threads.putAttachment(scope, { ...free, thread_id: otherId });
    assert.deepEqual(await store.threads.getAttachments(scope, [free.id]), [free]);
  },
  'delete removes a record once': async ({ store, owner }) => {
    const scope = owner();
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    assert.equal(await store.threads.deleteAttachment(scope, { attachmentId: attachment.id }), true);
    assert.equal(await store.threads.deleteAttachment(scope, { attachmentId: attachment.id }), false);
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), []);
  },
  'the attachments of a deleted thread stay, still bound to it': async ({ store, owner }) => {
    const scope = owner();
    const [threadId, otherId] = [await writeThread(store, scope), await writeThread(store, scope)];
    const attachment = sampleAttachment();
    await store.threads.putAttachment(scope, attachment);
    await store.threads.write(scope, { threadId, attach: [attachment.id] });
    await store.threads.delete(scope, { threadId });
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [{ ...attachment, thread_id: threadId }]);
    assert.equal(await store.threads.write(scope, { threadId: otherId, attach: [attachment.id] }), 'not_found');
  },
  'records are never shared with the caller': async ({ store, owner }) => {
    const scope = owner();
    const attachment = { ...sampleAttachment(), metadata: { list: [1] } };
    const expected = structuredClone(attachment);
    await store.threads.putAttachment(scope, attachment);
    attachment.metadata.list.push(2);
    const [read] = await store.threads.getAttachments(scope, [attachment.id]);
    assert.deepEqual(read, expected);
    if (read) read.name = 'changed by a reader';
    assert.deepEqual(await store.threads.getAttachments(scope, [attachment.id]), [expected]);
  },
});
