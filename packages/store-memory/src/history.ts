import type { HistoryQuery, HistoryStore, NewTurnRecord, Page, TurnRecord } from '@chatkit-selfhost/core';
import { getOrMake } from './get-or-make.js';
import { fromJsonText, toJsonText } from './json-text.js';
import { OrderedList } from './ordered-list.js';

/** Records go only with an evicted thread; as many of them stay usable as cursors. */
const REMEMBERED_CURSORS = 1_000;

interface HistoryRow {
  runId: string;
  threadId: string;
  sessionId: string | null;
  responseType: string;
  createdAt: number;
  superseded: boolean;
  /** The whole record. */
  text: string;
}

interface OwnerHistory {
  all: OrderedList<HistoryRow>;
  byThread: Map<string, OrderedList<HistoryRow>>;
  bySession: Map<string, OrderedList<HistoryRow>>;
  /** The newest record of each answered message, by thread and message. */
  newestAnswer: Map<string, Map<string, HistoryRow>>;
}

/** The history part, with the synchronous steps that the turn's fast path and eviction are made of. */
export interface MemoryHistory {
  part: HistoryStore;
  add: (ownerId: string, turn: NewTurnRecord) => void;
  forgetThread: (ownerId: string, threadId: string) => void;
}

export function memoryHistory({ backend }: { backend: object }): MemoryHistory {
  const owners = new Map<string, OwnerHistory>();

  const add = (ownerId: string, turn: NewTurnRecord): void => {
    const owner = getOrMake(owners, ownerId, newOwnerHistory);
    if (owner.all.has(turn.runId)) return;
    const row = newRow(turn);
    owner.all.set(row.runId, row);
    getOrMake(owner.byThread, row.threadId, () => new OrderedList<HistoryRow>()).set(row.runId, row);
    if (row.sessionId !== null) getOrMake(owner.bySession, row.sessionId, () => new OrderedList<HistoryRow>()).set(row.runId, row);
    if (turn.userItemId === null || row.superseded) return;
    const answers = getOrMake(owner.newestAnswer, row.threadId, () => new Map<string, HistoryRow>());
    const replaced = answers.get(turn.userItemId);
    if (replaced) replaced.superseded = true;
    answers.set(turn.userItemId, row);
  };

  const forgetThread = (ownerId: string, threadId: string): void => {
    const owner = owners.get(ownerId);
    for (const row of owner?.byThread.get(threadId)?.values() ?? []) {
      owner?.all.remove(row.runId);
      if (row.sessionId !== null) removeFrom(owner?.bySession, row.sessionId, row.runId);
    }
    owner?.byThread.delete(threadId);
    owner?.newestAnswer.delete(threadId);
    if (owner?.all.size === 0) owners.delete(ownerId);
  };

  return {
    add,
    forgetThread,
    part: {
      backend,
      add: async (scope, turn) => {
        add(scope.ownerId, turn);
      },
      query: async (scope, query) => {
        const list = listFor(owners.get(scope.ownerId) ?? newOwnerHistory(), query);
        const page = list.page(query, (row) => matches(row, query));
        return page && toPage(page);
      },
      deleteOwner: async (scope) => {
        owners.delete(scope.ownerId);
      },
    },
  };
}

function newOwnerHistory(): OwnerHistory {
  return { all: new OrderedList(REMEMBERED_CURSORS), byThread: new Map(), bySession: new Map(), newestAnswer: new Map() };
}

function newRow({ superseded = false, ...turn }: NewTurnRecord): HistoryRow {
  const { runId, threadId, sessionId, responseType } = turn;
  return { runId, threadId, sessionId, responseType, createdAt: turn.createdAt.getTime(), superseded, text: toJsonText(turn) };
}

/** The shortest list that holds everything that is asked for, so that a page of one conversation doesn't read all others. */
function listFor(owner: OwnerHistory, query: HistoryQuery): OrderedList<HistoryRow> {
  if (query.threadId !== undefined) return owner.byThread.get(query.threadId) ?? new OrderedList();
  if (query.sessionId !== undefined) return owner.bySession.get(query.sessionId) ?? new OrderedList();
  return owner.all;
}

function matches(row: HistoryRow, query: HistoryQuery): boolean {
  return (
    (query.includeSuperseded === true || !row.superseded) &&
    (query.runId === undefined || row.runId === query.runId) &&
    (query.sessionId === undefined || row.sessionId === query.sessionId) &&
    (query.threadId === undefined || row.threadId === query.threadId) &&
    (query.type === undefined || row.responseType === query.type) &&
    (query.from === undefined || row.createdAt >= query.from.getTime()) &&
    (query.to === undefined || row.createdAt < query.to.getTime())
  );
}

function toPage(page: { data: HistoryRow[]; has_more: boolean; after?: string }): Page<TurnRecord> {
  return { ...page, data: page.data.map((row) => ({ ...fromJsonText<TurnRecord>(row.text), createdAt: new Date(row.createdAt) })) };
}

function removeFrom(lists: Map<string, OrderedList<HistoryRow>> | undefined, listKey: string, rowKey: string): void {
  const list = lists?.get(listKey);
  list?.remove(rowKey);
  if (list?.size === 0) lists?.delete(listKey);
}
