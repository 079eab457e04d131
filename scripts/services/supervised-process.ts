import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

export interface SupervisedCommand {
  command: string;
  args: string[];
  env?: Record<string, string> | undefined;
  /** Whom to run the server as; the caller's own user when left out. */
  uid?: number | undefined;
  gid?: number | undefined;
  /** The server's working folder. Belongs to the server: it is removed with it. */
  folder: string;
  stopSignal: NodeJS.Signals;
}

export interface SupervisedProcess {
  /** Ends the server without a farewell, as a crash would. The folder is removed. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Starts a server and waits until it answers.
 *
 * @throws when it ends before that, or does not answer within 30 seconds, with what it printed.
 */
export async function startSupervised(command: SupervisedCommand, isReady: () => Promise<boolean>): Promise<SupervisedProcess> {
  const supervisor = spawn(process.execPath, [`${import.meta.dirname}/supervise.ts`, JSON.stringify(command)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches the tests only, which then close standard input.
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  supervisor.stdin.on('error', () => {});
  const exited = once(supervisor, 'exit');

  const stop = async (): Promise<void> => {
    supervisor.ref();
    supervisor.stdin.end();
    await exited;
  };
  const kill = async (): Promise<void> => {
    supervisor.ref();
    // The supervisor's group is the server too.
    if (supervisor.pid !== undefined && supervisor.exitCode === null) process.kill(-supervisor.pid, 'SIGKILL');
    await exited;
    await rm(command.folder, { recursive: true, force: true, maxRetries: 5 });
  };

  const deadline = Date.now() + 30_000;
  while (!(await isReady().catch(() => false))) {
    if (supervisor.exitCode !== null) throw new Error(`${command.command} ended at once:\n${output}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`${command.command} did not answer within 30 seconds:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Nothing of the server keeps the starting process alive.
  supervisor.unref();
  for (const stream of [supervisor.stdin, supervisor.stdout, supervisor.stderr]) (stream as unknown as { unref: () => void }).unref();
  return { stop, kill };
}
