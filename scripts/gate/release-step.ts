import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { publicPackages, readManifest, root, workspaceFolders, type Manifest } from '../workspace.ts';
import { ofPublicPackages, readPackReport } from './pack-packages.ts';
import { sumChecks, type Check, type Step } from './step.ts';

/** A release, rehearsed in a copy: versions and changelogs by changesets, then `npm publish --dry-run` of every package. */
export const releaseStep: Step = {
  name: 'release',
  run: async () => {
    const copy = await mkdtemp(join(tmpdir(), 'chatkit-release-'));
    try {
      await copyRepository(copy);
      const checks = [await versionCheck(copy, 'what is pending'), await publishChecks(copy)].flat();
      await writeFile(join(copy, '.changeset', 'rehearsal.md'), "---\n'@chatkit-selfhost/core': minor\n---\n\nA change of core alone.\n");
      return sumChecks([...checks, await versionCheck(copy, 'a change of one package')]);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  },
};

async function copyRepository(copy: string): Promise<void> {
  // Manifests, changesets and what is published: sources and tests have no part in a release.
  const top = ['', ...workspaceFolders().map(({ folder }) => `${folder}/`)].map((folder) => `:(glob)${folder}*`);
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '.changeset', ...top], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  const built = publicPackages().map(({ folder }) => `${folder}/dist`);
  for (const file of [...files, ...built]) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(root, file), join(copy, file), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  // changesets looks up the commit that added each changeset.
  const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false', ...args], { cwd: copy, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--no-verify', '--message=rehearsal');
}

/** One version for all, higher than before, with a changelog, and peers that accept it. */
async function versionCheck(copy: string, what: string): Promise<Check> {
  const name = `changeset version, with ${what}`;
  const before = manifests(copy);
  const { ok, output } = await runCommand('changeset', ['version'], { cwd: copy });
  if (!ok) return { name, ok, output };
  const after = manifests(copy);
  const version = after[0]?.version ?? '';
  const problems: string[] = [];
  for (const [index, manifest] of after.entries()) {
    const old = before[index]?.version;
    if (manifest.version !== version) problems.push(`${manifest.name} is ${manifest.version}, core ${version}: the group is not fixed`);
    if (manifest.version === old) problems.push(`${manifest.name} stayed at ${old}`);
    if (manifest.version.startsWith('1.')) problems.push(`${manifest.name} became ${manifest.version} by a minor change`);
    const peer = manifest.peerDependencies?.['@chatkit-selfhost/core'];
    if (peer !== undefined && peer !== `^${version}`) problems.push(`${manifest.name} wants core ${peer}, not ^${version}`);
  }
  for (const { folder, manifest } of publicPackages()) {
    const changelog = await readFile(join(copy, folder, 'CHANGELOG.md'), 'utf8').catch(() => '');
    if (!changelog.includes(`## ${version}`)) problems.push(`${manifest.name} has no changelog of ${version}`);
  }
  return { name, ok: problems.length === 0, output: problems.join('\n') };
}

async function publishChecks(copy: string): Promise<Check[]> {
  // No registry: the rehearsal looks at what would be sent, and must not depend on what is published or on the network.
  const args = ['publish', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error', '--access=public', '--registry=http://127.0.0.1:9', '--fetch-retries=0'];
  const { ok, output } = await runCommand('npm', [...args, ...ofPublicPackages()], { cwd: copy });
  if (!ok) return [{ name: 'npm publish --dry-run', ok, output }];
  return publicPackages().map(({ manifest }) => {
    const name = `npm publish --dry-run ${manifest.name}`;
    const paths = readPackReport(output, manifest.name).files.map(({ path }) => path);
    return { name, ok: paths.includes('dist/index.js') && paths.includes('CHANGELOG.md'), output: `publishes only ${paths.join(', ')}` };
  });
}

function manifests(copy: string): Manifest[] {
  return publicPackages().map(({ folder }) => readManifest(join(copy, folder)));
}
