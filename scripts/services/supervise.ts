/**
 * Runs one server as long as the process that started it lives: when standard input closes, however that process ended,
 * the server is stopped and its data folder removed. Started by `supervised-process.ts`.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { SupervisedCommand } from './supervised-process.ts';

const { command, args, env, uid, gid, folder, stopSignal } = JSON.parse(process.argv[2] ?? '') as SupervisedCommand;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

const server = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, uid, gid, stdio: ['ignore', 'inherit', 'inherit'] });
server.once('error', (error) => {
  console.error(error.message);
  void finish(1);
});
server.once('exit', (code) => void finish(code ?? 0));

process.stdin.resume();
process.stdin.once('end', stop);
process.stdin.once('error', stop);
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

function stop(): void {
  server.kill(stopSignal);
  setTimeout(() => server.kill('SIGKILL'), 5_000).unref();
}

async function finish(code: number): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
