import { StoreUnavailableError, type OwnerScope, type RunEvent } from '@chatkit-selfhost/core';
import type { Statements } from '../database/statements.js';
import type { RunListener, RunWatch } from './run-listener.js';

interface FollowPage {
  ended: boolean;
  rows: { first: number; last: number; snapshot: boolean; events: string }[];
}

const ROWS_PER_READ = 32;
/** Writers notify for this long after a follower has read; each read renews it. */
export const WATCH_MS = 30_000;
/** A follower that has read before outlives an outage of this length. */
const OUTAGE_MS = 30_000;

interface FollowQuery {
  runId: string;
  after: number;
  signal: AbortSignal;
}

/** Reads on from a number until the run ends, is gone, or the signal aborts. */
export async function* followRun(
  statements: Statements, listener: RunListener, { ownerId }: OwnerScope, { runId, after, signal }: FollowQuery,
): AsyncGenerator<RunEvent, void, undefined> {
  const { schema, one, now } = statements;
  const watch = listener.watch(runId);
  let cursor = after;
  const read = (): Promise<FollowPage | null> => one<FollowPage>(
    `select ${schema}.follow_run($1, $2, $3, $4, $5, $6)::text as result`,
    [ownerId, runId, cursor, ROWS_PER_READ, WATCH_MS, now()],
  );
  try {
    for (let first = true; !signal.aborted && !listener.closed; first = false) {
      // Before the read: what comes in during it is news.
      watch.reset();
      const page = first ? await read() : await readThroughOutage(read, watch, signal, listener);
      if (!page) return;
      for (const row of page.rows) {
        for (const event of eventsAfter(row, cursor)) {
          // A reader that aborts while it handles one event gets no other.
          if (aborted(signal)) return;
          yield event;
        }
        cursor = row.last;
      }
      if (page.rows.length === ROWS_PER_READ) continue;
      if (page.ended) return;
      await watch.wait(signal);
    }
  } finally {
    watch.stop();
  }
}

/** Asked again after each `yield`, where the checker would take the last answer for lasting. */
function aborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function eventsAfter(row: FollowPage['rows'][number], cursor: number): RunEvent[] {
  // Written by `append`.
  const events = JSON.parse(row.events) as string[];
  if (row.snapshot) return events.map((json, index) => ({ seq: index === events.length - 1 ? row.last : null, json }));
  return events.map((json, index) => ({ seq: row.first + index, json })).filter(({ seq }) => seq > cursor);
}

async function readThroughOutage(
  read: () => Promise<FollowPage | null>, watch: RunWatch, signal: AbortSignal, listener: RunListener,
): Promise<FollowPage | null> {
  const deadline = Date.now() + OUTAGE_MS;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || Date.now() > deadline || signal.aborted || listener.closed) throw error;
      await watch.wait(signal);
    }
  }
}
