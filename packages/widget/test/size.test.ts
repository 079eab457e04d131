import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const KB = 1000;

/** What a page downloads: before anything is shown, and in all. */
async function measure(): Promise<{ first: number; all: number }> {
  const { metafile, outputFiles } = await build({
    entryPoints: { index: `${import.meta.dirname}/../src/index.ts` }, outdir: '/', bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022', write: false, metafile: true,
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]));
  const output = (path: string) => Object.entries(metafile.outputs).find(([name]) => path.endsWith(name.replace(/^(\.\.\/)*/, '/')))?.[1];
  const needed = new Set<string>();
  const follow = (path: string): void => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const { kind, path: imported } of output(path)?.imports ?? []) if (kind === 'import-statement') follow(`/${imported.replace(/^(\.\.\/)*/, '')}`);
  };
  follow('/index.js');
  const sum = (paths: Iterable<string>): number => [...paths].reduce((total, path) => total + (sizes.get(path) ?? Number.NaN), 0);
  return { first: sum(needed), all: sum(sizes.keys()) };
}

it('the entry is below 10 kB, and all that is loaded when it is needed below 21 kB', async () => {
  const { first, all } = await measure();
  expect(first).toBeGreaterThan(KB);
  expect(first).toBeLessThan(10 * KB);
  expect(all).toBeLessThan(21 * KB);
  expect(all).toBeGreaterThan(first);
});
