import { spawn, type ChildProcess } from 'node:child_process';
import { root } from './workspace.ts';

export interface CommandResult {
  ok: boolean;
  /** Standard output and standard error, as they came. */
  output: string;
}

const running = new Set<ChildProcess>();

let endsOnSignals = false;

/** From the first command on: those who only import this may have plans of their own for a signal. */
function endOnSignals(): void {
  if (endsOnSignals) return;
  endsOnSignals = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => exitWithCommands(signal));
}

/** Ends this process with what it runs, as a failure. */
export function exitWithCommands(signal: NodeJS.Signals = 'SIGTERM'): never {
  for (const child of running) child.kill(signal);
  process.exit(1);
}

/** Runs a program of node_modules/.bin or PATH to its end. Never rejects: a program that can't start or takes too long has failed. */
export function runCommand(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? 600_000;
  endOnSignals();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      // GOGC: the compilers written in Go end before it pays to collect garbage often.
      env: { GOGC: '400', ...process.env, FORCE_COLOR: '0', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    running.add(child);
    const deadline = setTimeout(() => {
      output += `\n${command} took longer than ${timeoutMs / 1000} s and was stopped.`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const end = (ok: boolean): void => {
      clearTimeout(deadline);
      running.delete(child);
      resolve({ ok, output });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => {
      output += `${command}: ${error.message}\n`;
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}
