import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { publicPackages } from '../workspace.ts';
import type { Check } from './step.ts';

/** Entries that only Node (or Bun, or Deno) will ever load. */
const needsNode = new Set([
  '@chatkit-selfhost/core/testing',
  '@chatkit-selfhost/store-postgres',
  '@chatkit-selfhost/store-redis',
  '@chatkit-selfhost/attachments',
  '@chatkit-selfhost/adapter-express',
]);

/** All other entries run in browsers and workers: what was built of them, and our own code they pull in, imports nothing of Node. */
export async function checkPortability(): Promise<Check[]> {
  const entries = publicPackages().flatMap(({ manifest, path }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([name, target]) =>
      typeof target === 'string' ? [] : [{ entry: manifest.name + name.slice(1), file: join(path, target.default) }],
    ),
  );
  return Promise.all(
    entries
      .filter(({ entry }) => !needsNode.has(entry))
      .map(async ({ entry, file }) => {
        const { metafile } = await build({ entryPoints: [file], bundle: true, write: false, metafile: true, format: 'esm', platform: 'neutral', packages: 'external', external: ['node:*'], logLevel: 'silent' });
        const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
        const builtins = imports.filter((path) => isBuiltin(path));
        return { name: `${entry} runs outside Node`, ok: builtins.length === 0, output: `imports ${builtins.join(', ')}` };
      }),
  );
}
