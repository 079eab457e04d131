import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { memoryStore } from '../src/index.js';

/** A memory store whose clock the contract suite moves. */
export async function openMemoryBackend(): Promise<ContractBackend> {
  let offset = 0;
  return {
    store: memoryStore({ now: () => Date.now() + offset }),
    close: async () => undefined,
    advance: async (ms) => {
      offset += ms;
    },
  };
}
