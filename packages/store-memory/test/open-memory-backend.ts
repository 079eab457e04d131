import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { memoryStore } from '../src/index.js';

/** A memory store whose clock the contract suite moves. */
export async function openMemoryBackend(): Promise<ContractBackend & { now: () => number }> {
  let offset = 0;
  const now = (): number => Date.now() + offset;
  return {
    store: memoryStore({ now }),
    now,
    close: async () => undefined,
    advance: async (ms) => {
      offset += ms;
    },
  };
}
