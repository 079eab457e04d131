import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
  const { ok, output } = await runCommand('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', into, ...ofPublicPackages()]);
  if (!ok) throw new Error(`npm pack failed:\n${output}`);
  return publicPackages().map((folder) => {
    const { filename, files } = readPackReport(output, folder.manifest.name);
    return { ...folder, tarball: join(into, filename), files: files.map(({ path }) => path) };
  });
}

/** Arguments that let one npm do its work for every package: it starts slowly. */
export function ofPublicPackages(): string[] {
  return publicPackages().flatMap(({ folder }) => ['--workspace', folder]);
}

interface PackReport {
  name: string;
  filename: string;
  files: { path: string }[];
}

/** What npm reports of one package: by package name, or in a list. */
export function readPackReport(output: string, name: string): PackReport {
  const report = JSON.parse(output.slice(output.search(/^[[{]/m))) as PackReport[] | Record<string, PackReport>;
  const own = Array.isArray(report) ? report.find((each) => each.name === name) : report[name];
  if (!own) throw new Error(`npm reported nothing about ${name}: ${output}`);
  return own;
}
