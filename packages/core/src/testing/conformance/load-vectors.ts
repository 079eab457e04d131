import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toVector, type Vector } from './vector.js';

export interface UnreadableVector {
  path: string;
  problem: string;
}

/** Every `.json` file below a folder (or one file), in order of their paths. */
export async function loadVectors(path: string): Promise<(Vector | UnreadableVector)[]> {
  const files = (await stat(path)).isDirectory() ? await jsonFilesBelow(path) : [path];
  return Promise.all(files.map(readVector));
}

async function jsonFilesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map((entry) => join(entry.parentPath, entry.name)).sort();
}

async function readVector(path: string): Promise<Vector | UnreadableVector> {
  try {
    return toVector(path, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return { path, problem: error instanceof Error ? error.message : String(error) };
  }
}
