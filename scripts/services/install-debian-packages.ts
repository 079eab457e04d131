import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from './find-program.ts';

/**
 * Installs packages where that needs no question: as root on Debian and its descendants. Says what it does.
 *
 * @returns false when this is no such machine; nothing was tried then.
 * @throws when apt-get fails.
 */
export function installDebianPackages(packages: string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || findProgram(['apt-get']) === null) return false;
  console.error(`Installing ${packages.join(', ')} with apt-get (root on Debian).`);
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...packages];
  // Fresh images carry no package lists: the first try fails fast there.
  if (aptGet(install).ok) return true;
  const update = aptGet(['update']);
  const second = aptGet(install);
  if (!second.ok) throw new Error(`apt-get could not install ${packages.join(', ')}:\n${update.output}\n${second.output}`);
  return true;
}

function aptGet(args: string[]): { ok: boolean; output: string } {
  const result = spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}` };
}
