import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { mapConcurrently } from '../map-concurrently.ts';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import { checkPortability } from './check-portability.ts';
import { packPackages, type PackedPackage } from './pack-packages.ts';
import { sumChecks, type Check, type Step } from './step.ts';

/** What npm would publish: its manifest, its types, its size, and whether it can be imported by someone who installed it. */
export const packagesStep: Step = {
  name: 'packages',
  run: async () => {
    const cache = join(root, 'node_modules', '.cache', 'chatkit-selfhost');
    await mkdir(cache, { recursive: true });
    // Below the root, so that what the packages depend on is found as if it were installed beside them.
    const folder = await mkdtemp(join(cache, 'consumer-'));
    try {
      const packed = await packPackages(join(folder, 'tarballs'));
      const checks = await mapConcurrently(2, packed, async (each) => [checkFiles(each), checkDeclarations(each), await lintManifest(each), await typesResolve(each)]);
      await install(packed, folder);
      return sumChecks([...checks.flat(), ...(await importEntries(packed, folder)), ...(await checkPortability()), await sizeLimit()]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function checkFiles({ manifest, files }: PackedPackage): Check {
  const missing = ['README.md', 'LICENSE', 'package.json'].filter((file) => !files.includes(file));
  const stray = files.filter((file) => !/^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(file) || /\.test\./.test(file));
  const output = [...missing.map((file) => `missing: ${file}`), ...stray.map((file) => `should not be published: ${file}`)].join('\n');
  return { name: `files of ${manifest.name}`, ok: output === '', output };
}

/** The compiler writes imports that no source has, where a type is inferred: they must be of packages that come along. */
function checkDeclarations({ manifest, path, files }: PackedPackage): Check {
  const declared = new Set([manifest.name, ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })]);
  const undeclared = files
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(path, file), 'utf8');
      const specifiers = [...text.matchAll(/(?:from|import\()\s*['"]([^.'"][^'"]*)['"]/g)].map((match) => match[1] ?? '');
      return specifiers.filter((name) => !isBuiltin(name) && !declared.has(name.split('/', name.startsWith('@') ? 2 : 1).join('/'))).map((name) => `${file} refers to ${name}`);
    });
  return { name: `declarations of ${manifest.name}`, ok: undeclared.length === 0, output: undeclared.join('\n') };
}

async function lintManifest({ manifest, tarball }: PackedPackage): Promise<Check> {
  const file = await readFile(tarball);
  const { messages } = await publint({ pack: { tarball: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) }, strict: true });
  // An export that is a string is a file for a <script> element, which is no module.
  const problems = messages.filter(({ code, path }) => !(code === 'FILE_INVALID_FORMAT' && typeof manifest.exports?.[path[1] ?? ''] === 'string'));
  return { name: `publint ${manifest.name}`, ok: problems.length === 0, output: problems.map((message) => `${message.type}: ${formatMessage(message, manifest) ?? message.code}`).join('\n') };
}

async function typesResolve({ manifest, tarball }: PackedPackage): Promise<Check> {
  // Loaded when needed: it brings a TypeScript of its own, which the other steps need not wait for.
  const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core');
  const scripts = Object.keys(manifest.exports ?? {}).filter((entry) => typeof manifest.exports?.[entry] === 'string');
  const result = await checkPackage(createPackageFromTarballData(await readFile(tarball)), { excludeEntrypoints: scripts });
  const name = `types of ${manifest.name} resolve`;
  if (!result.types) return { name, ok: false, output: 'the package has no types' };
  // The packages are ESM only: neither the resolution of old TypeScript, which knows no `exports`, nor that of CommonJS by TypeScript 5 finds them.
  const problems = result.problems.filter((problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)));
  return { name, ok: problems.length === 0, output: problems.map((problem) => JSON.stringify(problem)).join('\n') };
}

async function install(packed: PackedPackage[], folder: string): Promise<void> {
  for (const { manifest, path, tarball } of packed) {
    const target = join(folder, 'node_modules', manifest.name);
    await mkdir(target, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
    // Dependencies that could not be hoisted, because another package needs another version.
    const nested = join(path, 'node_modules');
    if (existsSync(nested)) await symlink(nested, join(target, 'node_modules'), 'junction');
  }
}

/** ESM by `import`, and by `require` from CommonJS apps (Node 22 and newer). */
async function importEntries(packed: PackedPackage[], folder: string): Promise<Check[]> {
  const entries = packed.flatMap(({ manifest }) => Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => (typeof target === 'string' ? [] : [manifest.name + path.slice(1)])));
  return mapConcurrently(2, entries, async (entry) => {
    const program = `
      const imported = await import('${entry}');
      const { createRequire } = await import('node:module');
      const required = createRequire(process.cwd() + '/app.js')('${entry}');
      const names = Object.keys(imported);
      if (names.length === 0) throw new Error('exports nothing');
      if (names.some((name) => imported[name] !== required[name])) throw new Error('import and require differ');
    `;
    const { ok, output } = await runCommand('node', ['--no-warnings', '--input-type=module', '--eval', program], { cwd: folder, timeoutMs: 30_000 });
    return { name: `import ${entry}`, ok, output };
  });
}

async function sizeLimit(): Promise<Check> {
  return { name: 'size-limit', ...(await runCommand('size-limit', [])) };
}
