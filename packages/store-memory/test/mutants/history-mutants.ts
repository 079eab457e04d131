import type { TurnRecord } from '@chatkit-selfhost/core';
import { mutants } from './mutant.js';

export const historyMutants = mutants({
  'history: a lost record is told as added': ({ history }) => {
    let count = 0;
    return { history: { add: async (scope, turn) => (++count % 7 === 0 ? undefined : history.add(scope, turn)) } };
  },
  'history: the same run is recorded twice': ({ history }) => ({
    history: { add: async (scope, turn) => history.add(scope, (await history.query(scope, { runId: turn.runId }))?.data[0] ? { ...turn, runId: `${turn.runId}-2` } : turn) },
  }),
  'history: superseded records are shown': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, includeSuperseded: true }) } }),
  'history: superseded records are gone': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, includeSuperseded: false }) } }),
  'history: turns without a message supersede each other': ({ history }) => ({ history: { add: (scope, turn) => history.add(scope, { ...turn, userItemId: turn.userItemId ?? 'none' }) } }),
  'history: a message supersedes over threads': ({ history }) => {
    const threads = new Map<string, string>();
    return {
      history: {
        add: (scope, turn) => {
          const key = `${scope.ownerId} ${turn.userItemId}`;
          if (turn.userItemId !== null && !threads.has(key)) threads.set(key, turn.threadId);
          return history.add(scope, { ...turn, threadId: turn.userItemId === null ? turn.threadId : (threads.get(key) ?? turn.threadId) });
        },
      },
    };
  },
  'history: from is exclusive': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, from: query.from && new Date(query.from.getTime() + 1) }) } }),
  'history: to is inclusive': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, to: query.to && new Date(query.to.getTime() + 1) }) } }),
  'history: the type is not asked': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, type: undefined }) } }),
  'history: the session is not asked': ({ history }) => ({ history: { query: (scope, query) => history.query(scope, { ...query, sessionId: undefined }) } }),
  'history: filtered pages are not full': ({ history }) => ({
    history: {
      query: async (scope, { type, ...query }) => {
        const page = await history.query(scope, query);
        return page && type !== undefined ? { ...page, data: page.data.filter((record) => record.responseType === type) } : page;
      },
    },
  }),
  'history: the order is by createdAt': ({ history }) => ({
    history: {
      query: async (scope, query) => {
        const page = await history.query(scope, query);
        const sign = query.order === 'asc' ? 1 : -1;
        return page && { ...page, data: page.data.toSorted((a, b) => sign * (a.createdAt.getTime() - b.createdAt.getTime())) };
      },
    },
  }),
  'history: everyone sees a run by its id': ({ history }) => {
    const all = new Map<string, TurnRecord>();
    return {
      history: {
        add: (scope, turn) => (all.set(turn.runId, turn), history.add(scope, turn)),
        query: async (scope, query) => {
          const record = all.get(query.runId ?? '');
          return record ? { data: [structuredClone(record)], has_more: false } : history.query(scope, query);
        },
      },
    };
  },
  'history: the cursor is inclusive': ({ history }) => ({
    history: {
      query: async (scope, query) => {
        const page = await history.query(scope, query);
        const cursor = query.after === undefined ? undefined : (await history.query(scope, { runId: query.after }))?.data[0];
        return page && { ...page, data: cursor ? [cursor, ...page.data] : page.data };
      },
    },
  }),
  'history: falsy structured data becomes null': ({ history }) => ({
    // The fault is the point: `||` instead of `??`.
    history: { add: (scope, turn) => history.add(scope, { ...turn, structuredData: turn.structuredData || null }) },
  }),
  'history: milliseconds are cut off': ({ history }) => ({
    history: { add: (scope, turn) => history.add(scope, { ...turn, createdAt: new Date(Math.floor(turn.createdAt.getTime() / 1000) * 1000) }) },
  }),
  'history: deleteOwner leaves everything': () => ({ history: { deleteOwner: async () => undefined } }),
});
