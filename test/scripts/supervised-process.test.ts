import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startSupervised } from '../../scripts/services/supervised-process.js';

interface Started {
  pid: number;
  folder: string;
}

async function startOwner(): Promise<{ owner: ChildProcess; server: Started }> {
  const owner = fork(join(import.meta.dirname, 'owner-of-a-server.ts'), { execArgv: ['--no-warnings'] });
  const [server] = (await once(owner, 'message')) as [Started];
  return { owner, server };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('ends the server and removes its folder when the process that started it is killed', async () => {
  const { owner, server } = await startOwner();
  expect(isRunning(server.pid)).toBe(true);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect({ running: isRunning(server.pid), folder: existsSync(server.folder) }).toEqual({ running: false, folder: false }), { timeout: 10_000 });
});

it('has ended the server and removed its folder once stopped', async () => {
  const { owner, server } = await startOwner();
  owner.send('stop');
  await once(owner, 'exit');
  expect({ running: isRunning(server.pid), folder: existsSync(server.folder) }).toEqual({ running: false, folder: false });
});

it('shows what a server printed that does not start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatkit-supervised-'));
  const start = startSupervised({ command: process.execPath, args: ['--eval', 'console.error("port taken"); process.exit(3)'], folder, stopSignal: 'SIGTERM' }, () => Promise.resolve(false));
  await expect(start).rejects.toThrow('port taken');
  expect(existsSync(folder)).toBe(false);
});
