import type { Store } from '@chatkit-selfhost/core';
import { memoryHistory } from './history.js';
import { memoryRuns } from './runs.js';
import { memorySessions } from './sessions.js';
import { memoryThreads } from './threads.js';
import { memoryTurns } from './turns.js';

export interface MemoryStoreOptions {
  /**
   * The most threads that are kept. Beyond it the ones longest without a write go, with their items, attachments, history and runs;
   * never one with a running turn. Default: no limit.
   */
  maxThreads?: number | undefined;
  /** The store's clock: milliseconds since 1970. Default `Date.now`. */
  now?: (() => number) | undefined;
}

/**
 * All four parts in this process's memory: for development, tests, and apps that may forget. Nothing survives the process,
 * and no other process sees it.
 */
export function memoryStore({ maxThreads = Infinity, now = Date.now }: MemoryStoreOptions = {}): Store {
  const backend = {};
  const runs = memoryRuns({ backend, now });
  const history = memoryHistory({ backend });
  const threads = memoryThreads({
    backend,
    maxThreads,
    isBusy: runs.isBusy,
    onEvict: (ownerId, threadId) => {
      history.forgetThread(ownerId, threadId);
      runs.deleteThread(ownerId, threadId);
    },
  });
  return {
    threads: { ...threads.part, ...memoryTurns({ threads, history, runs }) },
    sessions: memorySessions({ backend, now }),
    history: history.part,
    runs: runs.part,
  };
}
