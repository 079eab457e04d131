import { messageText } from '../engine/message-text.js';
import { partialItems } from '../engine/partial-items.js';
import type { ThreadItem, ThreadStreamEvent } from '../protocol/index.js';
import type { OwnerScope, RecoveredRun, Store, TurnOutcome, TurnRecord } from '../store/index.js';
import { endTurn } from './end-turn.js';
import { RunSnapshot } from './run-snapshot.js';

export interface RecoverOptions {
  store: Store;
  leaseMs: number;
  limit: number;
  /** Only this one. */
  runId?: string | undefined;
  onRecovered?: ((record: TurnRecord) => void | Promise<void>) | undefined;
}

/** How long reading the log of a dead run may take; less than the new lease. */
const READ_LOG_MS = 10_000;

/**
 * Finishes the books of runs whose node died: text that was shown is stored, followers are told, history says `interrupted`, the thread is
 * free again. Returns how many.
 */
export async function recoverRuns({ store, leaseMs, limit, runId, onRecovered }: RecoverOptions): Promise<number> {
  const recovered = await store.runs.recover({ leaseMs, limit, runId });
  const failures: unknown[] = [];
  for (const run of recovered) {
    try {
      const record = await finishRun(store, run);
      if (record) await onRecovered?.(record);
    } catch (error) {
      // The others were taken over too: they must not wait for their new leases to run out.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return recovered.length;
}

async function finishRun(store: Store, { run, scope, turn }: RecoveredRun): Promise<TurnRecord | null> {
  const lease = { runId: run.runId, threadId: run.threadId, fence: run.fence };
  // Nothing is changed, but from here on the thread refuses what the old holder still writes. (Gone: the run's books are finished all the same.)
  if ((await store.threads.write(scope, { threadId: run.threadId, fence: run.fence })) === 'stale_run') return null;
  // All was written but the run's end: it stays what it was.
  const known = (await store.history.query(scope, { runId: run.runId, includeSuperseded: true, limit: 1 }))?.data[0];
  if (known) return (await store.runs.finish(lease, { status: known.outcome })) ? known : null;
  const snapshot = new RunSnapshot();
  const controller = new AbortController();
  if (run.lastSeq > 0) {
    // A log that lost its end would be followed for ever: what there is has to do.
    const enough = setTimeout(() => controller.abort(), READ_LOG_MS);
    try {
      for await (const { seq, json } of store.runs.follow(scope, { runId: run.runId, after: 0, signal: controller.signal })) {
        // The log holds what some node serialised: wire events.
        snapshot.apply(JSON.parse(json) as ThreadStreamEvent);
        if (seq !== null && seq >= run.lastSeq) break;
      }
    } finally {
      clearTimeout(enough);
      controller.abort();
    }
  }
  const open = partialItems(snapshot.openItems());
  const stored = await storedItems(store, scope, open);
  const partial = open.filter((item) => !stored.has(item.id));
  const messages = [...snapshot.finishedItems(), ...stored.values(), ...partial].filter((item) => item.type === 'assistant_message');
  const texts = messages.map(messageText).filter((text) => text !== '');
  const record = interruptedRecord({ run, turn, agentResponse: texts.join('\n\n') });
  const error: ThreadStreamEvent = { type: 'error', code: 'stream.error', allow_retry: true };
  const told = await store.runs.append(lease, { events: [{ seq: run.lastSeq + 1, json: JSON.stringify(error) }] });
  if (told === 'stale_run') return null;
  // A retry takes the earlier answer away with the first item that it stores; one that showed nothing leaves it.
  const removeAfter = snapshot.finishedItems().length > 0 ? undefined : textOf(turn, 'removeAfter');
  const write = { threadId: run.threadId, ...(partial.length > 0 ? { put: partial, ...(removeAfter === undefined ? {} : { removeAfter }) } : {}) };
  const leavesOldAnswer = removeAfter !== undefined && partial.length === 0;
  const status: TurnOutcome = 'interrupted';
  const ended = await endTurn(store, scope, { lease, end: { status }, write, record: leavesOldAnswer ? { ...record, superseded: true } : record });
  return ended === 'stale_run' ? null : record;
}

/** Items are stored before they are sent: the log may lack the end of one that is in the thread, whole. */
async function storedItems(store: Store, scope: OwnerScope, items: ThreadItem[]): Promise<Map<string, ThreadItem>> {
  const found = await Promise.all(items.map(({ thread_id: threadId, id: itemId }) => store.threads.getItem(scope, { threadId, itemId })));
  return new Map(found.filter((item) => item !== null).map((item) => [item.id, item]));
}

function interruptedRecord({ run, turn, agentResponse }: { run: RecoveredRun['run']; turn: unknown; agentResponse: string }): TurnRecord {
  const text = (name: string): string | null => textOf(turn, name) ?? null;
  return {
    runId: run.runId, ownerId: run.ownerId, threadId: run.threadId,
    sessionId: text('sessionId'), userId: text('userId'), userItemId: text('userItemId'), userMessage: text('userMessage') ?? '',
    agentResponse, responseType: 'error', structuredData: null, outcome: 'interrupted', createdAt: new Date(text('createdAt') ?? Date.now()),
  };
}

/** Of what the run was started with. */
function textOf(turn: unknown, name: string): string | undefined {
  const value = typeof turn === 'object' && turn !== null ? (turn as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
