import { connect, createServer, type AddressInfo } from 'node:net';
import { databaseUrl } from './database-url.js';

/** What PgBouncer lets through, whatever its settings. */
const KNOWN = ['user', 'database', 'application_name', 'client_encoding', 'replication'];

export interface StrictPooler {
  url: string;
  /** The settings that connections were refused for. */
  refused: string[];
  close: () => Promise<void>;
}

/** Stands before the server as PgBouncer does: who sends settings with the connection is refused. */
export async function startStrictPooler(): Promise<StrictPooler> {
  const target = new URL(databaseUrl());
  const refused: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (startup) => {
      const unknown = settingsOf(startup).find((name) => !KNOWN.includes(name));
      if (unknown !== undefined) {
        refused.push(unknown);
        client.end(fatal('08P01', `unsupported startup parameter: ${unknown}`));
        return;
      }
      const upstream = connect(Number(target.port), target.hostname);
      upstream.on('error', () => client.destroy());
      upstream.on('close', () => client.destroy());
      client.on('close', () => upstream.destroy());
      upstream.write(startup);
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href, refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** After the length and the version: names and values, each ended by a NUL. */
function settingsOf(startup: Buffer): string[] {
  return startup.subarray(8).toString().split('\0').filter((_text, index) => index % 2 === 0).filter((name) => name !== '');
}

function fatal(code: string, message: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}
