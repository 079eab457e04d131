import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  workspaces?: string[];
  exports?: Record<string, string | { types: string; default: string }>;
  bin?: Record<string, string>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

export interface WorkspaceFolder {
  /** Relative to the root, such as `packages/core`. */
  folder: string;
  path: string;
  manifest: Manifest;
}

export const root = dirname(import.meta.dirname);

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** All packages and examples, in dependency order. */
export function workspaceFolders(): WorkspaceFolder[] {
  return (readManifest(root).workspaces ?? []).map((folder) => {
    const path = join(root, folder);
    return { folder, path, manifest: readManifest(path) };
  });
}

export function publicPackages(): WorkspaceFolder[] {
  return workspaceFolders().filter(({ manifest }) => !manifest.private);
}

/** Those that have the given file or folder. */
export function foldersWith(name: string): WorkspaceFolder[] {
  return workspaceFolders().filter(({ path }) => existsSync(join(path, name)));
}
