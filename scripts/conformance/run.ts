/**
 * `npm run conformance -- [DIR] [--store memory,postgres,pglite,redis]`: runs every vector below DIR (default `conformance/vectors`) on each store.
 * Prints one line a failing vector, then `N passed, N failed`; exits with 1 when any failed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runConformance } from '@chatkit-selfhost/core/testing';
import { root } from '../workspace.ts';
import { isStoreName, STORES, type OpenStore, type StoreName } from './open-stores.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { store: { type: 'string' } } });
const names = values.store?.split(',') ?? Object.keys(STORES);
const unknown = names.find((name) => !isStoreName(name));

if (unknown === undefined) await run(names.filter(isStoreName));
else {
  console.error(`There is no store "${unknown}": use ${Object.keys(STORES).join(', ')}.`);
  process.exitCode = 2;
}

/** A store that was not asked for by name may be missing its server here: then it is left out, and why is said. */
async function open(name: StoreName): Promise<OpenStore[]> {
  try {
    return [await STORES[name]()];
  } catch (error) {
    if (values.store !== undefined) throw error;
    console.error(`not run on ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

async function run(stores: StoreName[]): Promise<void> {
  // npm runs scripts in the root; a path is meant from where the command was given.
  const [folder] = positionals;
  const path = folder === undefined ? `${root}/conformance/vectors` : resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  const opened: OpenStore[] = [];
  try {
    for (const name of stores) opened.push(...(await open(name)));
    const { passed, failed } = await runConformance({ path, stores: opened, report: (line) => console.log(line) });
    console.log(`${String(passed)} passed, ${String(failed)} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  } finally {
    await Promise.all(opened.map((store) => store.close()));
  }
}
