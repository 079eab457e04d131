import type { Store } from '@chatkit-selfhost/core';
import { mutants } from './mutant.js';

interface FastPaths {
  beginTurn: NonNullable<Store['threads']['beginTurn']>;
  endTurn: NonNullable<Store['threads']['endTurn']>;
}

/** The fast paths, which a memory store has. */
function fastPaths({ threads: { beginTurn, endTurn } }: Store): FastPaths {
  if (!beginTurn || !endTurn) throw new Error('the store has no fast paths');
  return { beginTurn, endTurn };
}

export const turnMutants = mutants({
  'turns: a refused turn leaves its run behind': (store) => ({
    threads: {
      beginTurn: async (scope, turn) => {
        const begun = await fastPaths(store).beginTurn(scope, turn);
        if (begun.outcome === 'not_found' || begun.outcome === 'not_active') await store.runs.start(scope, turn.run);
        return begun;
      },
    },
  }),
  'turns: a busy turn writes its message': (store) => ({
    threads: {
      beginTurn: async (scope, turn) => {
        const begun = await fastPaths(store).beginTurn(scope, turn);
        if (begun.outcome === 'busy') await store.threads.write(scope, turn.write);
        return begun;
      },
    },
  }),
  'turns: a repeated turn makes its thread': (store) => ({
    threads: {
      beginTurn: async (scope, turn) => {
        const begun = await fastPaths(store).beginTurn(scope, turn);
        if (begun.outcome === 'repeated') await store.threads.write(scope, turn.write);
        return begun;
      },
    },
  }),
  'turns: the first write has no fence': (store) => ({
    threads: {
      beginTurn: async (scope, turn) => {
        const begun = await fastPaths(store).beginTurn(scope, { ...turn, write: { ...turn.write, fence: 0 } }).catch(() => fastPaths(store).beginTurn(scope, turn));
        return begun;
      },
    },
  }),
  'turns: the page is read before the write': (store) => ({
    threads: {
      beginTurn: async (scope, turn) => {
        const items = (await store.threads.listItems(scope, { ...turn.read, threadId: turn.write.threadId })) ?? { data: [], has_more: false };
        const begun = await fastPaths(store).beginTurn(scope, turn);
        return begun.outcome === 'started' ? { ...begun, items } : begun;
      },
    },
  }),
  'turns: the page asked for is ignored': (store) => ({ threads: { beginTurn: (scope, turn) => fastPaths(store).beginTurn(scope, { ...turn, read: {} }) } }),
  'turns: a lost lease ends its turn': (store) => ({
    threads: {
      endTurn: async (scope, turn) => {
        const result = await fastPaths(store).endTurn(scope, turn);
        if (result !== 'stale_run') return result;
        await store.history.add(scope, turn.record);
        return result;
      },
    },
  }),
  'turns: the end of a turn goes behind the fence': (store) => ({
    threads: { endTurn: (scope, turn) => fastPaths(store).endTurn(scope, { ...turn, write: { ...turn.write, fence: Number.MAX_SAFE_INTEGER } }) },
  }),
  'turns: a deleted thread is not recorded': (store) => ({
    threads: {
      endTurn: async (scope, turn) => ((await store.threads.get(scope, turn.write)) ? fastPaths(store).endTurn(scope, turn) : 'not_found'),
    },
  }),
  'turns: the end does not end the run': (store) => ({
    threads: {
      endTurn: async (scope, { write, record }) => {
        const result = await store.threads.write(scope, write);
        if (result !== 'stale_run') await store.history.add(scope, record);
        return result === 'not_active' ? 'not_found' : result;
      },
    },
  }),
  'turns: the record is forgotten': (store) => ({
    threads: {
      endTurn: async (scope, { lease, end, write }) => {
        const result = await store.threads.write(scope, write);
        if (result === 'stale_run') return result;
        await store.runs.finish(lease, end);
        return result === 'not_active' ? 'not_found' : result;
      },
    },
  }),
});
