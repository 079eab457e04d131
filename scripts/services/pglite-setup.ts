import { makeTemplate } from './pglite-folder.ts';

/** Vitest global setup: the database that `newPGliteFolder` copies, made once before several workers need it. */
export default async function setup(): Promise<void> {
  await makeTemplate();
}
