import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapConcurrently } from '../map-concurrently.ts';
import { runCommand } from '../run-command.ts';
import { publicPackages, root, type WorkspaceFolder } from '../workspace.ts';

export interface BuildResult {
  name: string;
  ok: boolean;
  /** Nothing changed since the last build. */
  fresh: boolean;
  output: string;
}

const stamps = join(root, 'node_modules', '.cache', 'chatkit-selfhost', 'builds');

/** Builds the packages whose sources changed: core first, since the declarations of the others refer to its own, then the others. */
export async function buildPackages(): Promise<BuildResult[]> {
  const shared = hashOf(['package-lock.json', 'tsconfig.base.json', 'tsconfig.build.json', 'scripts/build'].map((name) => join(root, name)));
  const [core, ...others] = publicPackages();
  if (!core) throw new Error('The workspace has no packages.');
  const coreHash = hashOf([...sourcesOf(core)], shared);
  const coreResult = await build(core, coreHash);
  if (!coreResult.ok) return [coreResult];
  return [coreResult, ...(await mapConcurrently(2, others, (other) => build(other, hashOf(sourcesOf(other), coreHash))))];
}

async function build({ manifest, path }: WorkspaceFolder, hash: string): Promise<BuildResult> {
  const { name } = manifest;
  const stamp = join(stamps, name.replace('/', '-'));
  if (existsSync(join(path, 'dist')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return { name, ok: true, fresh: true, output: '' };
  }
  rmSync(stamp, { force: true });
  // Node runs a package's script as npm does, without the start of npm.
  const { ok, output } = await runCommand('node', ['--run', 'build'], { cwd: path });
  const missing = ok ? missingFiles({ manifest, path }) : [];
  if (ok && missing.length === 0) {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, hash);
  }
  return { name, ok: ok && missing.length === 0, fresh: false, output: output + missing.map((file) => `${name} did not build ${file}\n`).join('') };
}

/** What the manifest promises and the build did not make. */
function missingFiles({ manifest, path }: Pick<WorkspaceFolder, 'manifest' | 'path'>): string[] {
  const exported = Object.values(manifest.exports ?? {}).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  return [...exported, ...Object.values(manifest.bin ?? {})].filter((file) => !existsSync(join(path, file)));
}

function sourcesOf({ path }: WorkspaceFolder): string[] {
  return ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsup.config.ts'].map((name) => join(path, name));
}

function hashOf(paths: string[], ...more: string[]): string {
  const hash = createHash('sha256');
  for (const text of more) hash.update(text);
  for (const path of paths) {
    if (!existsSync(path)) continue;
    for (const file of filesBelow(path)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])).sort();
}
