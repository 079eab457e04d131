// A page costs the same whether its list has 100 records or 100,000.
import type { Page, PageQuery, ThreadItem } from '@chatkit-selfhost/core';
import { measure, milliseconds, quantile, report, SCOPE, withRedis } from './redis-setup.ts';

const SIZES = [100, 10_000, 100_000];
const PAGE = 20;
const RUNS = 400;
const CREATED = '2026-01-02T03:04:05.678Z';

function items(threadId: string, from: number, count: number): ThreadItem[] {
  const content = [{ type: 'output_text' as const, text: 'word '.repeat(40), annotations: [] }];
  return Array.from({ length: count }, (_, index) => (
    { id: `msg_${String(from + index)}`, thread_id: threadId, created_at: CREATED, type: 'assistant_message' as const, content }));
}

await withRedis(async ({ store }) => {
  const scopeOf = (size: number) => ({ ownerId: `${SCOPE.ownerId}_${String(size)}` });
  for (const size of SIZES) {
    const threadId = `thr_${String(size)}`;
    await store.threads.write(SCOPE, { threadId, create: { id: threadId, created_at: CREATED, status: { type: 'active' }, metadata: {} } });
    for (let from = 1; from <= size; from += 1000) {
      const count = Math.min(1000, size - from + 1);
      await store.threads.write(SCOPE, { threadId, put: items(threadId, from, count) });
      await Promise.all(Array.from({ length: count }, (_, index) => store.history.add(scopeOf(size), {
        runId: `run_${String(from + index)}`, ownerId: scopeOf(size).ownerId, threadId, sessionId: 'ses_bench', userId: null, userItemId: null, userMessage: 'word',
        agentResponse: 'word '.repeat(40), responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(CREATED),
      })));
    }
  }

  type Read = (size: number, query: PageQuery) => Promise<Page<unknown> | null>;
  const lists: [name: string, read: Read, idPrefix: string][] = [
    ['items', (size, query) => store.threads.listItems(SCOPE, { threadId: `thr_${String(size)}`, limit: PAGE, ...query }), 'msg'],
    ['turns', (size, query) => store.history.query(scopeOf(size), { threadId: `thr_${String(size)}`, limit: PAGE, ...query }), 'run'],
  ];
  for (const [name, read, idPrefix] of lists) {
    const pages: [string, (size: number) => PageQuery][] = [
      ['newest page', () => ({})],
      ['page in the middle', (size) => ({ after: `${idPrefix}_${String(size / 2)}` })],
      ['oldest page', () => ({ order: 'asc' })],
    ];
    for (const [which, query] of pages) await compare(`${name}, ${which}`, (size) => read(size, query(size)));
  }
  for (const size of SIZES) await store.history.deleteOwner(scopeOf(size));
});

/** Alternates between the sizes, so that what else the machine does falls on all of them. */
async function compare(name: string, read: (size: number) => Promise<Page<unknown> | null>): Promise<void> {
  const times = new Map(SIZES.map((size) => [size, [] as number[]]));
  for (let round = 0; round < 5; round++) {
    for (const size of SIZES) {
      if ((await read(size))?.data.length !== PAGE) throw new Error(`${name}: the page is not full`);
      const measured = await measure(RUNS / 4, () => read(size));
      if (round > 0) times.get(size)?.push(...measured);
    }
  }
  const medians = SIZES.map((size) => quantile((times.get(size) ?? []).sort((a, b) => a - b), 0.5));
  const [first = Number.NaN, ...others] = medians;
  console.log(`     ${name}: medians ${medians.map(milliseconds).join(', ')}`);
  others.forEach((median, index) => {
    report(`${name}, ${(SIZES[index + 1] ?? 0).toLocaleString('en')} against 100`, median / first, 1.5, 'x');
  });
}
