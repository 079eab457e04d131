import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { runConformance } from '../../../src/testing/conformance/index.js';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const streamOptions = { type: 'stream_options', stream_options: { allow_cancel: true } };
const hello = { type: 'assistant_message', id: 'msg_a', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] };
const sent = { ...hello, thread_id: '<id:t>', created_at: '<time>' };

/** An action in a seeded thread, answered with one message. */
function greeting(changes: { text?: string; stored?: unknown[]; owner?: string; status?: number } = {}): object {
  const content = [{ type: 'output_text', text: changes.text ?? 'Hello', annotations: [] }];
  return {
    kind: 'turn',
    name: 'a greeting',
    seed: { threads: [{ id: 'thr_1' }] },
    steps: [
      {
        request: { type: 'threads.custom_action', params: { thread_id: 'thr_1', action: { type: 'greet', payload: { n: 1 } } } },
        ...(changes.owner === undefined ? {} : { owner: changes.owner }),
        action: [{ yield: { type: 'thread.item.done', item: hello } }],
        expect: {
          status: changes.status ?? 200,
          ...(changes.status === undefined ? { events: [streamOptions, { type: 'thread.item.done', item: { ...sent, content } }], called_with: { action: { type: 'greet', payload: { n: 1 } } } } : {}),
        },
      },
    ],
    ...(changes.stored === undefined ? {} : { expect_store: { threads: [{ id: 'thr_1', created_at: '<time>', status: { type: 'active' }, metadata: {} }], items: { thr_1: changes.stored } } }),
  };
}

async function run(vectors: Record<string, unknown>, stores = [{ name: 'memory', store: memoryStore() }]): Promise<{ passed: number; failed: number; lines: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  folders.push(folder);
  for (const [name, vector] of Object.entries(vectors)) await writeFile(join(folder, name), typeof vector === 'string' ? vector : JSON.stringify(vector));
  const lines: string[] = [];
  const result = await runConformance({ path: folder, stores, report: (line) => lines.push(line.replaceAll(`${folder}/`, '')) });
  return { ...result, lines };
}

describe('vectors', () => {
  it('pass when replies, calls and the store are as they say', async () => {
    expect(await run({ 'a.json': greeting({ stored: [sent] }) })).toEqual({ passed: 1, failed: 0, lines: [] });
  });

  it('fail with the first difference, in one line', async () => {
    const { passed, failed, lines } = await run({ 'a.json': greeting({ text: 'Hullo' }), 'b.json': greeting() });
    expect([passed, failed]).toEqual([1, 1]);
    expect(lines).toEqual(['FAILED a.json on memory: steps[0].events[1].item.content[0].text: expected "Hullo", got "Hello"']);
  });

  it('fail when something else is stored', async () => {
    const { lines } = await run({ 'a.json': greeting({ stored: [] }) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('store.items.thr_1[0]: expected nothing');
  });

  it('fail when nothing was to change and something did', async () => {
    const { lines } = await run({ 'a.json': { ...greeting(), expect_store: 'unchanged' } });
    expect(lines[0]).toContain('store.items.thr_1[0]');
  });

  it('fail with another status, and say what came', async () => {
    const { lines } = await run({ 'a.json': greeting({ status: 409 }) });
    expect(lines[0]).toContain('steps[0].status: expected 409, got "200 data: ');
  });

  it('know one owner from another', async () => {
    expect(await run({ 'a.json': greeting({ owner: 'user-2', status: 404 }) })).toMatchObject({ passed: 1 });
  });

  it('run on every store, and leave nothing behind', async () => {
    const stores = ['one', 'two'].map((name) => ({ name, store: memoryStore() }));
    const { passed } = await run({ 'a.json': greeting(), 'b.json': greeting({ stored: [sent] }) }, stores);
    expect(passed).toBe(4);
    for (const { store } of stores) expect((await store.threads.list({ ownerId: 'user-1' }, {}))?.data).toEqual([]);
  });

  it('that can not be read fail, and the others run', async () => {
    const { passed, failed, lines } = await run({ 'a.json': '{', 'b.json': { kind: 'riddle' }, 'c.json': greeting() });
    expect([passed, failed]).toEqual([1, 2]);
    expect(lines[1]).toContain('b.json: unknown kind "riddle"');
  });

  it('need no store when they are about widgets alone', async () => {
    const card = (value: string): object => ({ type: 'Card', children: [{ type: 'Text', id: 't', value, streaming: true }] });
    const delta = { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'lo', done: false };
    const diff = { kind: 'diff', before: card('Hel'), after: card('Hello') };
    const { passed, failed } = await run({ 'a.json': { ...diff, expect: [delta] }, 'b.json': { ...diff, expect: [] } }, []);
    expect([passed, failed]).toEqual([1, 1]);
  });

  it('are looked for in vain in an empty folder', async () => {
    await expect(run({})).rejects.toThrow('there is no vector');
  });
});

describe('a client that goes away', () => {
  it('leaves when it has read its frames, and what was shown is stored', async () => {
    const added = { type: 'thread.item.added', item: { ...hello, content: [] } };
    const delta = { type: 'thread.item.updated', item_id: 'msg_a', update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hel' } };
    const vector = {
      seed: { threads: [{ id: 'thr_1' }] },
      steps: [
        {
          request: { type: 'threads.custom_action', params: { thread_id: 'thr_1', action: { type: 'greet' } } },
          action: [{ yield: added }, { yield: delta }, { wait: 'abort' }],
          expect: { status: 200, events: [streamOptions, { ...added, item: { ...sent, content: [] } }, delta] },
        },
      ],
      expect_store: {
        threads: [{ id: 'thr_1', created_at: '<time>', status: { type: 'active' }, metadata: {} }],
        items: { thr_1: [{ ...sent, content: [{ type: 'output_text', text: 'Hel', annotations: [] }] }, '<any>'] },
      },
    };
    expect(await run({ 'a.json': vector })).toEqual({ passed: 1, failed: 0, lines: [] });
  });
});

describe('a rule', () => {
  const threads = { threads: [{ repeat: 3, record: { id: 'thr_{n}' } }] };
  const list = { request: { type: 'threads.list', params: { limit: 2 } } };

  it('passes when it holds and fails when it does not', async () => {
    const rule = { kind: 'property', property: 'paging-union', seed: threads, steps: [list] };
    const { passed, lines } = await run({ 'a.json': { ...rule, expect: ['thr_3', 'thr_2', 'thr_1'] }, 'b.json': { ...rule, expect: ['thr_3', 'thr_2'] } });
    expect(passed).toBe(1);
    expect(lines).toEqual(['FAILED b.json on memory: ids[2]: expected nothing, got "thr_1"']);
  });

  it('sees what must not be in any byte', async () => {
    const rule = { kind: 'property', property: 'no-leak', seed: { threads: [{ id: 'thr_1', title: 'secret plan' }] }, steps: [list], expect: ['secret'] };
    expect((await run({ 'a.json': rule })).lines[0]).toContain('steps[0]: expected "nothing of secret"');
  });
});
