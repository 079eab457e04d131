import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../map-concurrently.ts';
import { runCommand } from '../run-command.ts';
import { publicPackages, type WorkspaceFolder } from '../workspace.ts';

export interface PackedPackage extends WorkspaceFolder {
  /** The .tgz as it would be published. */
  tarball: string;
  files: string[];
}

/** @throws when npm can't pack one of them. */
export async function packPackages(into: string): Promise<PackedPackage[]> {
  await mkdir(into, { recursive: true });
  return mapConcurrently(2, publicPackages(), async (folder) => {
    const { ok, output } = await runCommand('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=silent', '--pack-destination', into], { cwd: folder.path });
    if (!ok) throw new Error(`npm pack failed in ${folder.folder}:\n${output}`);
    const { filename, files } = readPackReport(output, folder.manifest.name);
    return { ...folder, tarball: join(into, filename), files: files.map(({ path }) => path) };
  });
}

interface PackReport {
  filename: string;
  files: { path: string }[];
}

/** npm 10 reports a list, npm 11 and later an object by package name. */
export function readPackReport(output: string, name: string): PackReport {
  const report = JSON.parse(output.slice(output.search(/^[[{]/m))) as PackReport[] | Record<string, PackReport>;
  const own = Array.isArray(report) ? report[0] : report[name];
  if (!own) throw new Error(`npm reported nothing about ${name}: ${output}`);
  return own;
}
