import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { publicPackages, readManifest, root, workspaceFolders, type WorkspaceFolder } from '../scripts/workspace.js';
import vitestConfig from '../vitest.config.js';

const packages = publicPackages();
const core = '@chatkit-selfhost/core';

/** Files that belong to the repository, also those not committed yet. */
function repositoryFiles(...patterns: string[]): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', ...patterns], { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

function sourcesOf({ folder }: WorkspaceFolder): string[] {
  return repositoryFiles(`${folder}/src`).filter((file) => /\.tsx?$/.test(file));
}

function importsOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** `file imports specifier`, for all imports of a package that a rule refuses. */
function refused(folder: WorkspaceFolder, isRefused: (specifier: string, file: string) => boolean): string[] {
  return sourcesOf(folder).flatMap((file) => importsOf(file).flatMap((specifier) => (isRefused(specifier, file) ? [`${file} imports ${specifier}`] : [])));
}

describe.each(packages.map((folder) => [folder.manifest.name, folder] as const))('%s', (name, folder) => {
  const { manifest, path } = folder;

  it('imports of this project core alone, and core nothing', () => {
    const isSibling = (specifier: string): boolean => specifier.startsWith('@chatkit-selfhost/') && (name === core || packageName(specifier) !== core);
    expect(refused(folder, isSibling)).toEqual([]);
  });

  it('reaches into no other folder', () => {
    const leaves = (specifier: string, file: string): boolean =>
      specifier.startsWith('.') && relative(join(path, 'src'), join(root, dirname(file), specifier)).startsWith('..');
    expect(refused(folder, leaves)).toEqual([]);
  });

  it('declares every package that it imports', () => {
    const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
    const isUndeclared = (specifier: string): boolean => !specifier.startsWith('.') && !isBuiltin(specifier) && !declared.has(packageName(specifier));
    expect(refused(folder, isUndeclared)).toEqual([]);
  });

  it('loads no optional package from its root', async () => {
    const { metafile } = await build({ entryPoints: [join(path, 'src/index.ts')], bundle: true, write: false, metafile: true, format: 'esm', platform: 'neutral', packages: 'external', external: ['node:*'], logLevel: 'silent' });
    const optional = Object.keys(manifest.peerDependenciesMeta ?? {});
    const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ kind }) => kind !== 'dynamic-import').map((entry) => packageName(entry.path)));
    expect(loaded.filter((dependency) => optional.includes(dependency))).toEqual([]);
  });

  it('has the version and the licence of the whole', () => {
    expect(manifest.version).toBe(packages[0]?.manifest.version);
    expect(readFileSync(join(path, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });
});

describe('core', () => {
  it('uses Node in its testing folder only', () => {
    const folder = packages.find(({ manifest }) => manifest.name === core);
    expect(folder && refused(folder, (specifier, file) => isBuiltin(specifier) && !file.startsWith('packages/core/src/testing/'))).toEqual([]);
  });
});

describe('the published entries', () => {
  it('are these, and a new one is a decision', () => {
    expect(Object.fromEntries(packages.map(({ manifest }) => [manifest.name, Object.keys(manifest.exports ?? {})]))).toEqual({
      '@chatkit-selfhost/core': ['.', './agents', './widget-templates', './testing', './package.json'],
      '@chatkit-selfhost/store-memory': ['.', './package.json'],
      '@chatkit-selfhost/store-postgres': ['.', './package.json'],
      '@chatkit-selfhost/store-redis': ['.', './package.json'],
      '@chatkit-selfhost/attachments': ['.', './package.json'],
      '@chatkit-selfhost/adapter-express': ['.', './package.json'],
      '@chatkit-selfhost/widget': ['.', './react', './next', './browser', './package.json'],
      '@chatkit-selfhost/element': ['.', './chatkit.js', './package.json'],
    });
  });

  it('are what the compiler and the tests resolve to the sources', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as { compilerOptions: { paths: Record<string, string[]> } };
    const entries = packages.flatMap(({ manifest, folder }) =>
      Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) =>
        typeof target === 'string' ? [] : [[manifest.name + entry.slice(1), [target.default.replace('./dist', `./${folder}/src`).replace(/\.js$/, '.ts')]] as const],
      ),
    );
    expect(Object.fromEntries(entries)).toEqual(compilerOptions.paths);
  });
});

describe('the tests', () => {
  it('belong all to a project that npm test runs', () => {
    const included = (vitestConfig.test?.projects ?? []).flatMap((project) => (typeof project === 'object' && 'test' in project ? (project.test?.include ?? []) : []));
    const tests = repositoryFiles().filter((file) => /\.test\.tsx?$/.test(file));
    expect(tests.filter((file) => !included.some((pattern) => ['ts', 'tsx'].some((ending) => matchesGlob(file, pattern.replace('{ts,tsx}', ending)))))).toEqual([]);
  });

  it('of browsers have a playwright.config.ts beside their folder', () => {
    const tests = repositoryFiles().filter((file) => /\.e2e\.tsx?$/.test(file));
    expect(tests.filter((file) => !/^(packages|examples)\/[^/]+\/e2e\//.test(file) || !existsSync(join(root, file.split('/', 2).join('/'), 'playwright.config.ts')))).toEqual([]);
  });
});

describe('the repository', () => {
  const sources = repositoryFiles().filter((file) => /\.(tsx?|mts|mjs|js|py|css|sql)$/.test(file));

  it('has no source file over 300 lines', () => {
    const lengths = sources.map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1] as const);
    expect(lengths.filter(([, lines]) => lines > 300)).toEqual([]);
  });

  it('names its TypeScript files in kebab-case, and no folder "utils" or "helpers"', () => {
    const odd = sources.filter((file) => /\.(tsx?|mts)$/.test(file) && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(file)));
    expect([...odd, ...sources.filter((file) => /(^|\/)(utils?|helpers?)\//.test(file))]).toEqual([]);
  });

  it('locks no registry host', () => {
    const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { resolved?: string }> };
    expect(Object.entries(locked).filter(([, { resolved }]) => resolved?.includes('://'))).toEqual([]);
  });

  it('says in docs/dependencies.md why each dependency is there', () => {
    const documented = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const manifests = [readManifest(root), ...workspaceFolders().map(({ manifest }) => manifest)];
    const names = manifests.flatMap(({ dependencies, devDependencies, peerDependencies }) => Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }));
    const unexplained = new Set(names.filter((name) => !name.startsWith('@chatkit-selfhost/') && !documented.includes(`\`${name}\``)));
    expect([...unexplained]).toEqual([]);
  });
});
