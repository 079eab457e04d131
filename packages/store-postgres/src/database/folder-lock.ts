import { readFileSync } from 'node:fs';
import { link, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { newId, safeToLog } from '@chatkit-selfhost/core';

interface Holder {
  id: string;
  pid: number;
  /** When the process started, in the kernel's own units; null where the system doesn't say. */
  processStart: string | null;
  host: string;
}

/** Lock files of this process, where only this tells them from those of an earlier process with the same id. */
const held = new Set<string>();

/**
 * Takes a folder for this process by a lock file beside it, `<folder>.lock`. What a dead process of this machine left behind is taken over.
 *
 * @returns gives it back.
 * @throws an error that names the folder and its holder, when it is in use.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(await realpath(dirname(folder)), `${basename(folder)}.lock`);
  const mine: Holder = { id: newId('request'), pid: process.pid, processStart: processStart(process.pid), host: hostname() };
  while (!(await create(path, mine))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (holder === null || isAlive(holder, path)) throw inUse(folder, path, holder);
    await removeStale(path, holder);
  }
  held.add(path);
  return async () => {
    held.delete(path);
    if ((await readHolder(path))?.id === mine.id) await rm(path, { force: true });
  };
}

/** Written elsewhere and then linked: whoever sees the lock file sees all of it. False: there is one already. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${holder.id}`;
  await writeFile(draft, JSON.stringify(holder));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Undefined: no such file. Null: not a lock of ours, so nobody knows whether its holder lives. */
async function readHolder(path: string): Promise<Holder | null | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    return hasCode(error, 'ENOENT') ? undefined : null;
  }
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid && holder.processStart === null) return held.has(path);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
  return holder.processStart === processStart(holder.pid);
}

/** Moves the dead process's file away; what turns out to be a rival's fresh one goes back. */
async function removeStale(path: string, stale: Holder): Promise<void> {
  const aside = `${path}.${newId('request')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readHolder(aside))?.id !== stale.id) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Tells a process from a later one with the same id. Linux only. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field, the name in brackets, may hold spaces; the start time is the twentieth after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(folder: string, path: string, holder: Holder | null): Error {
  const by = holder ? `process ${String(holder.pid)} on ${holder.host}` : 'an unknown process';
  return safeToLog(new Error(`The PGlite folder ${folder} is in use by ${by}. A second process would corrupt it. If that one is gone for good, delete ${path}.`));
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
