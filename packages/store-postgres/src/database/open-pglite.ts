import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { safeToLog } from '@chatkit-selfhost/core';
import type { PGlite } from '@electric-sql/pglite';
import type * as pglitePackage from '@electric-sql/pglite';
import type { Database } from './database.js';
import { lockFolder } from './folder-lock.js';
import { isDurable, pgliteDatabase } from './pglite-database.js';

/** {@link openPGliteFolder} as a {@link Database}. */
export async function openPGlite(dataDir: string): Promise<Database> {
  const { pglite, close } = await openPGliteFolder(dataDir);
  return pgliteDatabase(pglite, { close });
}

/**
 * Opens a PGlite database in a folder that nobody else has open: PGlite itself would let a second one in, and both would corrupt it.
 * For apps with tables of their own beside the store's: give `pglite` to `postgresStore` and call `close` at the end.
 *
 * @throws an error that names the folder, when it is in use.
 */
export async function openPGliteFolder(dataDir: string): Promise<{ pglite: PGlite; close: () => Promise<void> }> {
  const { PGlite } = await loadPGlite();
  if (!isDurable(dataDir)) {
    const inMemory = await PGlite.create(dataDir);
    return { pglite: inMemory, close: () => inMemory.close() };
  }
  const folder = resolve(dataDir.startsWith('file:') ? folderOfUrl(dataDir) : dataDir);
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const pglite = await PGlite.create(folder);
    return {
      pglite,
      close: async () => {
        await pglite.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** PGlite takes `file://relative/folder` too, which is no valid file URL. */
function folderOfUrl(url: string): string {
  return url.startsWith('file:///') ? fileURLToPath(url) : url.slice('file://'.length);
}

async function loadPGlite(): Promise<typeof pglitePackage> {
  try {
    return await import('@electric-sql/pglite');
  } catch (error) {
    throw safeToLog(new Error('postgresStore({ pglite: <folder> }) needs the package @electric-sql/pglite: npm install @electric-sql/pglite', { cause: error }));
  }
}
