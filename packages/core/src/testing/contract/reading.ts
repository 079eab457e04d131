import assert from 'node:assert/strict';
import type { Page, ThreadItem } from '../../protocol/index.js';
import type { OwnerScope, PageQuery, RunEvent, RunStore, Store } from '../../store/index.js';
import { underWay } from './under-way.js';

/** Every record, page by page. Fails when the pages don't fit together. */
export async function readAll<T>(read: (query: PageQuery) => Promise<Page<T> | null>, query: PageQuery = {}): Promise<T[]> {
  const records: T[] = [];
  let after = query.after;
  for (;;) {
    const page: Page<T> | null = await read({ ...query, after });
    assert.ok(page, 'the cursor of the page before is unknown');
    assert.equal(page.has_more, page.after !== undefined, '`after` is there exactly when there is more');
    records.push(...page.data);
    if (page.after === undefined) return records;
    assert.ok(page.data.length > 0, 'an empty page says that there is more');
    after = page.after;
  }
}

/** All items of a thread; oldest first unless asked otherwise. */
export function readItems(store: Store, scope: OwnerScope, threadId: string, query: PageQuery = {}): Promise<ThreadItem[]> {
  return readAll((page) => store.threads.listItems(scope, { ...page, threadId }), { order: 'asc', limit: 100, ...query });
}

/** Everything a follower gets until the run ends. */
export function readRun(runs: RunStore, scope: OwnerScope, query: { runId: string; after?: number }, deadlineMs = 20_000): Promise<RunEvent[]> {
  return underWay(readToEnd(runs, scope, query, deadlineMs));
}

async function readToEnd(runs: RunStore, scope: OwnerScope, query: { runId: string; after?: number }, deadlineMs: number): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const signal = AbortSignal.timeout(deadlineMs);
  for await (const event of runs.follow(scope, { after: 0, ...query, signal })) events.push(event);
  assert.equal(signal.aborted, false, 'the follower never ended');
  return events;
}

/** What a follower of a running run gets now: this many events, then it leaves. */
export async function readSome(runs: RunStore, scope: OwnerScope, query: { runId: string; after?: number; count: number }): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const signal = AbortSignal.timeout(20_000);
  for await (const event of runs.follow(scope, { runId: query.runId, after: query.after ?? 0, signal })) {
    events.push(event);
    if (events.length === query.count) break;
  }
  assert.equal(signal.aborted, false, `only ${events.length} of ${query.count} events came`);
  return events;
}

/** Events `from` to `to` for `append`, whose JSON tells the number. */
export function numbered(from: number, to: number): { seq: number; json: string }[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index, json: `{"n":${from + index}}` }));
}

/** Asks again and again until the answer is true; fails after the deadline. */
export async function eventually(check: () => Promise<boolean>, what: string, deadlineMs = 15_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await check())) {
    assert.ok(performance.now() < deadline, `not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The promise's result; fails when it takes longer. */
export async function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new assert.AssertionError({ message: `took longer than ${ms} ms: ${what}` }));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
