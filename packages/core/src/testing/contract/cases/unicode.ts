import assert from 'node:assert/strict';
import type { ThreadItem } from '../../../protocol/index.js';
import { newId, sanitizeJson, sanitizeText } from '../../../store/index.js';
import { anyCharacter } from '../../any-character.js';
import { contractGroup } from '../contract-case.js';
import { readAll, readItems, readSome } from '../reading.js';
import { startRun } from '../run-steps.js';
import { sampleAttachment, sampleItem, sampleSession, sampleThread, sampleTurn, textsOf, writeThread } from '../samples.js';

/** The same samples everywhere, so that a failure can be seen again. */
const seed = 20_260_102;

/** fast-check is an optional peer: only these cases need it. */
async function arbitraries() {
  const { default: fc } = await import('fast-check');
  /** Code points of all planes, and code units as they come: NUL, lone surrogates, broken pairs. */
  const text = fc.oneof(
    fc.string({ unit: anyCharacter(fc), maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom('', '\0', '\ud800', '\udc00', 'a\0b', '\\u0000', '\\ud800', '"\\', '\u2028\u2029', '\ufeff', '😀'.slice(0, 1), 'é', 'e\u0301', '%_\'";--'),
  );
  /** As it looks after a way through JSON: no -0, no undefined. */
  const object = fc
    .dictionary(text.filter((key) => key !== '__proto__'), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
  return {
    texts: (count: number) => fc.sample(text, { seed, numRuns: count }),
    objects: (count: number) => fc.sample(object, { seed, numRuns: count }),
  };
}

const dirty = 'a\0b\ud800c\udc00d😀';
const clean = 'a\ufffdb\ufffdc\ufffdd😀';

export const unicodeCases = contractGroup('unicode', {
  '10,000 random texts come back as they were, but for NUL and lone surrogates': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const texts = (await arbitraries()).texts(10_000);
    const items = texts.map((text) => sampleItem(threadId, text));
    for (let start = 0; start < items.length; start += 500) await store.threads.write(scope, { threadId, put: items.slice(start, start + 500) });
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), texts.map(sanitizeText));
  },
  '1,000 random objects come back as they were, keys too': async ({ store, owner }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const items = (await arbitraries()).objects(1_000).map((content): ThreadItem => {
      const { id, created_at } = sampleItem(threadId);
      return { id, thread_id: threadId, created_at, type: 'hidden_context_item', content };
    });
    for (let start = 0; start < items.length; start += 250) await store.threads.write(scope, { threadId, put: items.slice(start, start + 250) });
    assert.deepEqual(await readItems(store, scope, threadId), items.map((item) => sanitizeJson(item)));
  },
  'the same text is not another one: no trimming, no case, no normal form': async ({ store, owner }) => {
    const scope = owner();
    const titles = ['é', 'e\u0301', ' a', 'a', 'A', 'a\n', 'ｶ', 'カ', 'ß', 'ss'];
    for (const title of titles) {
      const thread = sampleThread({ title });
      await store.threads.write(scope, { threadId: thread.id, create: thread });
    }
    assert.deepEqual((await readAll((page) => store.threads.list(scope, page), { order: 'asc' })).map((thread) => thread.title), titles);
  },
  'ids that differ in case or trailing space are different': async ({ store, owner }) => {
    const scope = owner();
    const base = newId('thread');
    const ids = [base, base.toUpperCase(), `${base} `, ` ${base}`];
    for (const id of ids) await store.threads.write(scope, { threadId: id, create: sampleThread({ id }) });
    assert.deepEqual((await store.threads.list(scope, { order: 'asc' }))?.data.map((thread) => thread.id), ids);
  },
  'unstorable characters become U+FFFD in threads and attachments': async ({ store, owner }) => {
    const scope = owner();
    const thread = sampleThread({ title: dirty, metadata: { [dirty]: [dirty] }, status: { type: 'locked', reason: dirty } });
    await store.threads.write(scope, { threadId: thread.id, create: thread });
    const cleaned = { ...thread, title: clean, metadata: { [clean]: [clean] }, status: { type: 'locked', reason: clean } };
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), cleaned);
    await store.threads.write(scope, { threadId: thread.id, update: { title: `2${dirty}`, metadata: { x: dirty } } });
    assert.deepEqual(await store.threads.get(scope, { threadId: thread.id }), { ...cleaned, title: `2${clean}`, metadata: { x: clean } });
    const attachment = { ...sampleAttachment({ name: dirty }), metadata: { [dirty]: dirty } };
    await store.threads.putAttachment(scope, attachment);
    const [read] = await store.threads.getAttachments(scope, [attachment.id]);
    assert.deepEqual(read, { ...attachment, name: clean, metadata: { [clean]: clean } });
  },
  'unstorable characters become U+FFFD in history, labels, turns and approvals': async ({ store, owner, advance }) => {
    const scope = owner();
    const record = sampleTurn(scope, { userId: dirty, userMessage: dirty, agentResponse: dirty, structuredData: { [dirty]: dirty } });
    await store.history.add(scope, record);
    const cleaned = { ...record, userId: clean, userMessage: clean, agentResponse: clean, structuredData: { [clean]: clean } };
    assert.deepEqual((await store.history.query(scope, {}))?.data, [cleaned]);
    const session = sampleSession({ label: dirty });
    await store.sessions.create(session);
    assert.equal((await store.sessions.get(session))?.label, clean);
    const approval = { id: newId('approval'), threadId: newId('thread'), state: dirty };
    await store.runs.saveApproval(scope, approval);
    assert.equal((await store.runs.claimApproval(scope, approval))?.state, clean);
    const run = await startRun(store, scope, { turn: { text: dirty }, leaseMs: 60_000 });
    await advance(120_000);
    assert.deepEqual((await store.runs.recover({ runId: run.runId, leaseMs: 60_000, limit: 1 }))[0]?.turn, { text: clean });
  },
  'events of any text arrive': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const events = (await arbitraries()).texts(500).map((text, index) => ({ seq: index + 1, json: JSON.stringify({ text }) }));
    await store.runs.append(run, { events });
    assert.deepEqual(await readSome(store.runs, scope, { runId: run.runId, count: 500 }), events);
  },
  'an id that can not be stored is like any unknown id': async ({ store, owner }) => {
    const scope = owner();
    const known = await writeThread(store, scope, 1);
    for (const id of ['thr_\0', '\ud800', '', '\udfff\0', 'x'.repeat(10_000), "' OR 1=1 --", '../..', '*', '{}']) {
      assert.equal(await store.threads.get(scope, { threadId: id }), null);
      assert.equal(await store.threads.listItems(scope, { threadId: id }), null);
      assert.equal(await store.threads.listItems(scope, { threadId: known, after: id }), null);
      assert.equal(await store.threads.getItem(scope, { threadId: known, itemId: id }), null);
      assert.equal(await store.threads.list(scope, { after: id }), null);
      assert.equal(await store.threads.write(scope, { threadId: id, put: [sampleItem(id)] }), 'not_found');
      assert.equal(await store.threads.delete(scope, { threadId: id }), false);
      assert.deepEqual(await store.threads.getAttachments(scope, [id]), []);
      assert.equal(await store.threads.deleteAttachment(scope, { attachmentId: id }), false);
      assert.deepEqual(await store.history.query(scope, { threadId: id, sessionId: id, runId: id, type: id }), { data: [], has_more: false });
      assert.equal(await store.runs.get(scope, { runId: id }), null);
      assert.equal(await store.runs.getActive(scope, { threadId: id }), null);
      assert.equal(await store.runs.claimApproval(scope, { id }), null);
      assert.equal(await store.sessions.get({ tokenHash: id }), null);
    }
  },
});
