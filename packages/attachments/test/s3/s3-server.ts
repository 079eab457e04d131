import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Credentials, S3Location } from '@chatkit-selfhost/attachments';

/** What is used of `@20minutes/s3rver`, which has no types. */
type S3rver = new (options: { address: string; port: number; silent: boolean; directory: string; configureBuckets: { name: string }[] }) => {
  configureBuckets: () => Promise<unknown>;
  callback: () => RequestListener;
};

export interface S3Server extends Required<S3Location> {
  credentials: S3Credentials;
  stop: () => Promise<void>;
}

/** A real S3-compatible server on a free port, with one empty bucket; it checks signatures. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'chatkit-s3-'));
  const Server = createRequire(import.meta.url)('@20minutes/s3rver') as S3rver;
  const app = new Server({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: 'files' }] });
  await app.configureBuckets();
  const server = createServer(oneAtATime(app.callback())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    bucket: 'files', region: 'us-east-1', endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** It removes folders that have become empty, and trips over itself, or takes a new file with them, when another request uses one just then. */
function oneAtATime(listener: RequestListener): RequestListener {
  let before = Promise.resolve<unknown>(undefined);
  return (request, response) => {
    before = before.then(() => {
      if (response.closed) return;
      const closed = once(response, 'close');
      void listener(request, response);
      return closed;
    });
  };
}
