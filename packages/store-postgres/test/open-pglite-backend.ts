import type { ContractBackend } from '@chatkit-selfhost/core/testing';
import { newPGliteFolder } from '../../../scripts/services/pglite-folder.ts';
import { postgresStore } from '../src/index.js';

/** A store on PGlite in a folder, with a clock that the suite moves. */
export async function openPGliteBackend(): Promise<ContractBackend> {
  const folder = await newPGliteFolder();
  let offset = 0;
  const store = postgresStore({ pglite: folder.path, now: () => new Date(Date.now() + offset) });
  return {
    store,
    advance: async (ms) => {
      offset += ms;
    },
    close: async () => {
      await store.threads.close?.();
      await folder.remove();
    },
  };
}
