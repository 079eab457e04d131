import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresStore } from '../../src/index.js';
import { lockFolder, processSpace } from '../../src/database/folder-lock.js';
import { sampleThread } from '../samples.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const holder = (fields: object): string => JSON.stringify({ id: 'other', pid: 1, processStart: null, host: hostname(), space: processSpace(), ...fields });

/** The id of a process that was there and is gone. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('lockFolder', () => {
  it('lets one in, and the next when that one is done', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`The PGlite folder ${folder} is in use by process ${String(process.pid)}`);
    await unlock();
    await (await lockFolder(folder))();
  });

  it('sees through another path to the same folder', async () => {
    const parent = await temporaryFolder();
    const link = `${parent}-link`;
    await symlink(parent, link);
    onTestFinished(() => rm(link));
    const unlock = await lockFolder(join(parent, 'data'));
    await expect(lockFolder(join(link, 'data'))).rejects.toThrow('in use');
    await unlock();
  });

  it('lets exactly one of many in', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over what a dead process left, for exactly one of many', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder({ pid: await deadProcess() }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not fooled by a living process that has the id of the dead one', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder({ pid: process.ppid, processStart: '1' }));
    await (await lockFolder(folder))();
  });

  it.each([
    { where: 'in a container of another name', elsewhere: { host: 'elsewhere' } },
    { where: 'in a container of the same name', elsewhere: { space: 'another' } },
  ])('respects a holder $where that shows that it lives', async ({ elsewhere }) => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder(elsewhere));
    // Renewed long ago by this clock: that of the other machine may be slow.
    let renewed = 0;
    const renewing = setInterval(() => void utimes(`${folder}.lock`, 0, renewed += 1), 20);
    onTestFinished(() => clearInterval(renewing));
    await expect(lockFolder(folder, { renewMs: 2_000, staleMs: 60_000 })).rejects.toThrow(`in use by process 1 on ${'host' in elsewhere ? 'elsewhere' : hostname()}`);
  });

  it('takes over what a process elsewhere left, for exactly one of many', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder({ host: 'a container that is gone' }));
    const times = { renewMs: 100, staleMs: 500 };
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder, times)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over at once what was stale when it came, but for a look whether it is renewed', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder({ host: 'a container that is gone' }));
    await utimes(`${folder}.lock`, 1, 1);
    const unlock = await lockFolder(folder, { renewMs: 20, staleMs: 3_600_000 });
    await unlock();
  });

  it('shows that it lives for as long as it holds the folder', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const unlock = await lockFolder(folder, { renewMs: 10, staleMs: 60_000 });
    await utimes(`${folder}.lock`, 1, 1);
    await expect.poll(async () => (await stat(`${folder}.lock`)).mtimeMs, { timeout: 10_000 }).toBeGreaterThan(Date.now() - 60_000);
    await unlock();
  });

  it('goes on where another one died while it took a lock over', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, holder({ pid: await deadProcess() }));
    await writeFile(`${folder}.lock.takeover`, '');
    await utimes(`${folder}.lock.takeover`, 1, 1);
    const unlock = await lockFolder(folder);
    await unlock();
    expect(await readdir(dirname(folder))).toEqual([]);
  });

  it('respects a file that it does not understand', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, 'not ours');
    await expect(lockFolder(folder)).rejects.toThrow('an unknown process');
  });

  it('leaves no file behind', async () => {
    const parent = await temporaryFolder();
    const unlock = await lockFolder(join(parent, 'data'));
    await expect(lockFolder(join(parent, 'data'))).rejects.toThrow();
    await unlock();
    expect(await readdir(parent)).toEqual([]);
  });
});

/** Each start of a PGlite is seconds of work for one core. */
const PGLITE_TIMEOUT = 180_000;

describe('a store on a PGlite folder', () => {
  it('keeps a second one out, and gives its data to the next', async () => {
    const folder = join(await temporaryFolder(), 'new', 'data');
    const scope = { ownerId: 'ada' };
    const thread = sampleThread();
    const first = postgresStore({ pglite: folder });
    await first.threads.setup?.();
    await first.threads.write(scope, { threadId: thread.id, create: thread });

    const second = postgresStore({ pglite: `file://${folder}` });
    await expect(second.threads.setup?.()).rejects.toThrow(`The PGlite folder ${folder} is in use`);
    await first.threads.close?.();
    // The same store object, once the folder is free.
    await second.threads.setup?.();
    expect(await second.threads.get(scope, { threadId: thread.id })).toEqual(thread);
    await second.threads.close?.();
  }, PGLITE_TIMEOUT);

  it('in memory keeps nothing and says so', async () => {
    const store = postgresStore({ pglite: 'memory://' });
    await store.threads.setup?.();
    expect(await store.threads.list({ ownerId: 'ada' }, {})).toEqual({ data: [], has_more: false });
    expect(store.runs.durable).toBe(false);
    await store.threads.close?.();
  }, PGLITE_TIMEOUT);
});
