import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { DisplayGate } from '../../src/response/display-gate.js';
import { extractJson } from '../../src/response/extract-json.js';
import { EventLog } from '../../src/runs/event-log.js';
import { authenticate, call, gate, input, owner, quiet } from './app.js';

const CHARS = 200_000;
/** What takes time that grows with the square of the length takes many times this. */
const MAX_MS = 2_000;

function milliseconds(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

describe(`a hostile text of ${String(CHARS)} characters`, () => {
  const texts: [string, string][] = [
    ['blanks', ' '.repeat(CHARS)],
    ['an open bracket and blanks', '['.padEnd(CHARS)],
    ['a fence and blanks', '```json'.padEnd(CHARS)],
    ['fences that open and never close', '```json\n'.repeat(CHARS / 8)],
    ['a fence of blanks', '```json\n'.padEnd(CHARS)],
    ['braces that open', '{'.repeat(CHARS)],
    ['lines of braces that open', '{\n'.repeat(CHARS / 2)],
    ['code that never ends', `\`\`\`js\n${'\n '.repeat(CHARS / 2)}`],
    ['ticks', '`'.repeat(CHARS)],
  ];

  it.each(texts)('streams in small pieces without holding the process up: %s', (_name, text) => {
    const pieces = text.match(/[^]{1,4}/g) ?? [];
    let shown = '';
    const time = milliseconds(() => {
      const display = new DisplayGate();
      for (const piece of pieces) shown += display.feed(piece);
      shown += display.release();
    });
    expect(shown).toBe(text);
    expect(time).toBeLessThan(MAX_MS);
  });

  it.each(texts)('is searched for a reply without holding the process up: %s', (_name, text) => {
    expect(milliseconds(() => extractJson(text))).toBeLessThan(MAX_MS);
  });
});

it('tells a slow reader nothing twice that stands alone', () => {
  const log = new EventLog({ maxEvents: 8 });
  const effect = (name: string): void => void log.push(JSON.stringify({ type: 'client_effect', name, data: {} }));
  const delta = (text: string): string => JSON.stringify({ type: 'thread.item.updated', item_id: 'm', update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text } });
  effect('first');
  log.push(JSON.stringify({ type: 'thread.item.added', item: { type: 'assistant_message', id: 'm', thread_id: 't', created_at: '2026-01-01T00:00:00.000Z', content: [] } }));
  log.push(delta('a'));
  const seen = 3;
  effect('second');
  for (let count = 0; count < 20; count++) log.push(delta('b'));
  while (log.compact(log.lastSeq));
  const late = log.between(seen, log.lastSeq);
  const names = (events: { json: string }[]): string[] => events.flatMap(({ json }) => /"name":"(\w+)"/.exec(json)?.[1] ?? []);
  expect(names(late)).toEqual(['second']);
  // The message went on since, so it comes whole.
  expect(late.some(({ json }) => json.includes('thread.item.added') && json.includes('abbb'))).toBe(true);
  expect(late.at(-1)?.seq).toBe(log.lastSeq);
  expect(names(log.between(0, log.lastSeq))).toEqual(['first', 'second']);
});

it('takes nothing from an answer that was complete when the stop came', async () => {
  const store = memoryStore();
  const [asked, goOn] = [gate(), gate()];
  const chatkit = createChatKit({
    store, authenticate, logger: quiet,
    titles: async () => { asked.open(); await goOn.opened; return 'A title'; },
    async *respond() { yield 'all of it'; },
  });
  const answer = call(chatkit, 'threads.create', { input: input('hi') });
  await asked.opened;
  const [thread] = (await store.threads.list(owner, {}))?.data ?? [];
  const run = await store.runs.getActive(owner, { threadId: thread?.id ?? '' });
  expect(await chatkit.runs.cancel({ ...owner, runId: run?.runId ?? '' })).toBe(true);
  await answer;
  expect((await store.history.query(owner, {}))?.data[0]).toMatchObject({ outcome: 'completed', agentResponse: 'all of it' });
  expect((await store.threads.listItems(owner, { threadId: thread?.id ?? '' }))?.data.map(({ type }) => type)).toEqual(['assistant_message', 'user_message']);
});
