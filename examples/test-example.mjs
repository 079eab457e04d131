/**
 * Tests an example that has its own dependencies (they stay out of the root install): installs them when they or our packages changed,
 * builds it and runs its browser tests.
 *
 *   node examples/test-example.mjs nextjs|react-vite [--skip-tests]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = dirname(fileURLToPath(import.meta.url));
const root = dirname(examples);
const [name, ...flags] = process.argv.slice(2);
const folder = join(examples, name ?? '');
if (!name || !existsSync(join(folder, 'package.json'))) fail('Name an example, such as nextjs.');

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const ours = Object.values(manifest.dependencies).filter((version) => version.startsWith('file:')).map((version) => join(folder, version.slice('file:'.length)));
const stamp = join(folder, 'node_modules', '.chatkit-selfhost-stamp');
const state = hashOf([join(folder, 'package-lock.json'), ...ours.flatMap((path) => [join(path, 'package.json'), ...filesBelow(join(path, 'dist'))])]);
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
  console.log(`Installing what ${name} needs.`);
  rmSync(stamp, { force: true });
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}
run('npm', ['run', '--silent', 'build'], folder);
if (!flags.includes('--skip-tests')) run(join(root, 'node_modules', '.bin', 'playwright'), ['test', '--config', join(folder, 'playwright.config.ts'), ...flags], root);

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed in ${cwd}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(path) {
  return readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}
