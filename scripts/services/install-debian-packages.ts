import { existsSync } from 'node:fs';
import { runCommand } from '../run-command.ts';
import { findProgram } from './find-program.ts';

let previous = Promise.resolve();

/**
 * Installs packages where that needs no question: as root on Debian and its descendants. Says what it does. One call after the other.
 *
 * @returns false when this is no such machine; nothing was tried then.
 * @throws when apt-get fails.
 */
export async function installDebianPackages(packages: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || findProgram(['apt-get']) === null) return false;
  const installed = previous.then(() => install(packages));
  previous = installed.catch(() => {});
  await installed;
  return true;
}

async function install(packages: string[]): Promise<void> {
  console.error(`Installing ${packages.join(', ')} with apt-get (root on Debian).`);
  const aptGet = (...args: string[]): ReturnType<typeof runCommand> => runCommand('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const args = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...packages];
  // Fresh images carry no package lists: the first try fails fast there.
  if ((await aptGet(...args)).ok) return;
  const update = await aptGet('update');
  const second = await aptGet(...args);
  if (!second.ok) throw new Error(`apt-get could not install ${packages.join(', ')}:\n${update.output}\n${second.output}`);
}
