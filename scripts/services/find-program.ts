import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of `names` (bare names, looked up in PATH, or absolute paths) that can be executed. */
export function findProgram(names: string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const suffixes = process.platform === 'win32' ? ['.exe', ''] : [''];
  const candidates = names.flatMap((name) =>
    /[/\\]/.test(name) ? [name] : folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))),
  );
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
