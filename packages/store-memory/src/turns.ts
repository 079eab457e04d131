import type { Lease, Thread, ThreadStore } from '@chatkit-selfhost/core';
import type { MemoryHistory } from './history.js';
import { fromJsonText } from './json-text.js';
import type { MemoryRuns } from './runs.js';
import { itemPage, type MemoryThreads } from './threads.js';

export interface TurnParts {
  threads: MemoryThreads;
  history: MemoryHistory;
  runs: MemoryRuns;
}

/** The fast paths of a turn: each is one synchronous step over the parts. */
export function memoryTurns({ threads, history, runs }: TurnParts): Required<Pick<ThreadStore, 'beginTurn' | 'endTurn'>> {
  const refuse = <O>(lease: Lease, outcome: O): { outcome: O } => {
    runs.discard(lease);
    return { outcome };
  };

  return {
    beginTurn: async (scope, { run, write, read }) => {
      const known = threads.find(scope.ownerId, write.threadId);
      const begun = runs.start(scope, run, known?.fence);
      if (begun.outcome !== 'started') return begun;
      if (read.after !== undefined && !known?.items.knows(read.after)) return refuse(begun.run, 'not_found');
      const result = threads.write(scope, { ...write, fence: write.fence ?? begun.run.fence });
      if (result === 'stale_run') {
        runs.discard(begun.run);
        throw new RangeError('the fence of a turn\'s first write is below the one that the thread has seen');
      }
      const row = result === 'written' ? threads.find(scope.ownerId, write.threadId) : null;
      const items = row && itemPage(row, read);
      return row && items ? { ...begun, thread: fromJsonText<Thread>(row.text), items } : refuse(begun.run, result === 'written' ? 'not_found' : result);
    },
    endTurn: async (scope, { lease, end, write, record }) => {
      if (!runs.held(lease)) return 'stale_run';
      const result = threads.write(scope, { ...write, fence: write.fence ?? lease.fence });
      if (result === 'stale_run') return result;
      history.add(scope.ownerId, record);
      runs.finish(lease, end);
      return result === 'written' ? result : 'not_found';
    },
  };
}
