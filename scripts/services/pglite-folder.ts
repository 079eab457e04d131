import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readManifest, root } from '../workspace.ts';

export interface PGliteFolder {
  path: string;
  remove: () => Promise<void>;
}

/**
 * A temporary folder with an empty PGlite database: a copy, since to make a new one is seconds of work for a core.
 * For tests that are about something else than the first start.
 */
export async function newPGliteFolder(): Promise<PGliteFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'chatkit-pglite-'));
  const path = join(parent, 'data');
  // Of a thousand files, at a fifth of what `cp` of node:fs/promises takes of a core.
  cpSync(await makeTemplate(), path, { recursive: true });
  // What a store puts beside its folder, too.
  return { path, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** The folder that is copied; made once for each version of PGlite. */
export async function makeTemplate(): Promise<string> {
  const { version } = readManifest(join(root, 'node_modules', '@electric-sql', 'pglite'));
  const folder = join(root, 'node_modules', '.cache', 'chatkit-selfhost', `pglite-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const pglite = await PGlite.create(join(draft, 'data'));
  await pglite.close();
  await rename(join(draft, 'data'), folder).catch((error: unknown) => {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return folder;
}
