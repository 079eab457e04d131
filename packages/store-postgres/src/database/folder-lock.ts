import { readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newId, safeToLog } from '@chatkit-selfhost/core';

interface Holder {
  id: string;
  pid: number;
  /** When the process started, in the kernel's own units; null where the system doesn't say. */
  processStart: string | null;
  host: string;
  /** Where `pid` means something, see {@link processSpace}. */
  space: string | null;
}

export interface FolderLockTimes {
  /** How often the holder shows that it lives. */
  renewMs: number;
  /** How long the lock of a process elsewhere holds without that: PGlite works in the holder's one thread, and a long query keeps it from showing. */
  staleMs: number;
}

const TIMES: FolderLockTimes = { renewMs: 5_000, staleMs: 60_000 };
/** Taking a lock over is a matter of milliseconds: after this long whoever began it has died. */
const TAKEOVER_MS = 10_000;

/** Lock files of this process, where only this tells them from those of an earlier process with the same id. */
const held = new Set<string>();

/**
 * Takes a folder for this process by a lock file beside it, `<folder>.lock`. What a dead process of this system left behind is taken over at once.
 * Of a process elsewhere, in another container or on another machine, nobody can tell whether it lives but by its renewing the file: its
 * lock is watched, and taken over when it goes stale.
 *
 * @returns gives it back.
 * @throws an error that names the folder and its holder, when it is in use.
 */
export async function lockFolder(folder: string, times: FolderLockTimes = TIMES): Promise<() => Promise<void>> {
  const path = join(await realpath(dirname(folder)), `${basename(folder)}.lock`);
  const mine: Holder = { id: newId('request'), pid: process.pid, processStart: processStart(process.pid), host: hostname(), space: processSpace() };
  while (!(await create(path, mine))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (holder === null || await isAlive(holder, path, times)) throw inUse(folder, path, holder);
    await removeStale(path, holder);
  }
  held.add(path);
  const renewing = setInterval(() => void renew(path, mine), times.renewMs).unref();
  return async () => {
    clearInterval(renewing);
    held.delete(path);
    if ((await readHolder(path))?.id === mine.id) await rm(path, { force: true });
  };
}

/** A failure shows as a lock that goes stale. */
async function renew(path: string, mine: Holder): Promise<void> {
  if ((await readHolder(path))?.id !== mine.id) return;
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
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

async function isAlive(holder: Holder, path: string, times: FolderLockTimes): Promise<boolean> {
  if (holder.host !== hostname() || holder.space !== processSpace()) return isRenewed(path, times);
  if (holder.pid === process.pid && holder.processStart === null) return held.has(path);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
  return holder.processStart === processStart(holder.pid);
}

/** Watches the file for some time whatever its age: another machine's clock may differ from this one's. */
async function isRenewed(path: string, { renewMs, staleMs }: FolderLockTimes): Promise<boolean> {
  const first = await renewedAt(path);
  const started = performance.now();
  for (;;) {
    await delay(Math.min(renewMs / 4, 500));
    const last = await renewedAt(path);
    if (last === undefined) return false;
    if (last !== first) return true;
    const watched = performance.now() - started;
    if (watched >= staleMs || (watched >= 2 * renewMs && Date.now() - last >= staleMs)) return false;
  }
}

async function renewedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** One at a time, and only what is still the dead process's: whoever comes second would else remove the lock of whoever came first. */
async function removeStale(path: string, stale: Holder): Promise<void> {
  const takeover = `${path}.takeover`;
  try {
    await writeFile(takeover, '', { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    if (Date.now() - (await renewedAt(takeover) ?? Infinity) > TAKEOVER_MS) await rm(takeover, { force: true });
    await delay(10);
    return;
  }
  try {
    if ((await readHolder(path))?.id === stale.id) await rm(path, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/** Process ids are of one running kernel and one namespace: a container has its own, and its name may be another's too. Linux only. */
export function processSpace(): string | null {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
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
