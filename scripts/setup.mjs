/**
 * Makes `npm start` and `npm test` work right after a clone: installs what the lockfile says when that is not what is installed,
 * and builds what changed since the last build. Runs before Node 24 is there, hence built-ins and plain JavaScript only.
 *
 *   node scripts/setup.mjs [--install-only]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-lockfile');

if (!isInstalled()) {
  console.error('Installing the dependencies (npm ci).');
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, lockfileHash());
}
// The tests run on Node 24 from npm; with this set they run on the Node of the machine.
if (process.env.USE_SYSTEM_NODE) {
  for (const name of ['node', 'node.cmd', 'node.ps1']) rmSync(join(root, 'node_modules', '.bin', name), { force: true });
}
if (!process.argv.includes('--install-only')) npm('run', '--silent', 'build');

function isInstalled() {
  return (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()) || isInstalledByHand();
}

function lockfileHash() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/** npm writes down what it installed. */
function isInstalledByHand() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const locked = readPackages(join(root, 'package-lock.json'));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const there = installed[path];
    // Packages for other systems are in the lockfile only.
    if (!there) return entry.optional === true || entry.peer === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function readPackages(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function npm(...args) {
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`npm ${args.join(' ')} failed.`);
    process.exit(status ?? 1);
  }
}
