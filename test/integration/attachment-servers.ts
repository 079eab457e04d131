import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { diskUploads, s3Uploads, type DiskUploadsOptions } from '@chatkit-selfhost/attachments';
import { createChatKit, type ChatKitLimits, type ChatKitServer, type ModelInputItem, type Uploads } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { startS3Server } from '../../packages/attachments/test/s3/s3-server.js';
import { fetchServer } from './serve.js';

export interface AttachmentServer {
  chatkit: ChatKitServer;
  url: string;
  uploads: Uploads;
  /** What the model would have been given, a turn each. */
  inputs: ModelInputItem[][];
  /** Errors that the app was told of. */
  errors: unknown[];
  close: () => Promise<void>;
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export type Door = (chatkit: ChatKitServer) => Server;
export const attachmentDoors: Record<'Express' | 'chatkit.fetch', Door> = {
  Express: (chatkit) => createServer(express().use('/agent', chatkitRouter(chatkit))),
  'chatkit.fetch': (chatkit) => fetchServer(chatkit),
};

export interface AttachmentServerOptions {
  keeping?: 'disk' | 's3';
  door?: Door;
  limits?: ChatKitLimits;
  disk?: Partial<DiskUploadsOptions>;
  server?: { deleteAttachmentsWithThread?: boolean };
  /** Only what every app has: no direct uploads, nothing refreshed. */
  bare?: boolean;
  /** The app's own part in it. */
  wrap?: (uploads: Uploads) => Uploads;
}

/** An app that keeps files, whose responder says what it would send to a model. */
export async function startAttachmentServer({ keeping = 'disk', door = attachmentDoors.Express, limits, disk, server: more = {}, bare = false, wrap = (uploads) => uploads }: AttachmentServerOptions = {}): Promise<AttachmentServer> {
  // The address is part of links, so it has to be known first.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/agent`;
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-uploads-'));
  const s3 = keeping === 's3' ? await startS3Server() : null;
  const complete: Uploads = s3 ? s3Uploads(s3) : diskUploads({ folder, baseUrl: url, secret: 'a secret of at least 32 characters', ...disk });
  const uploads = wrap(bare ? { begin: complete.begin, read: complete.read, delete: complete.delete } : complete);
  const inputs: ModelInputItem[][] = [];
  const errors: unknown[] = [];
  const chatkit = createChatKit({
    store: memoryStore(), uploads, logger: quiet, ...(limits ? { limits } : {}), ...more,
    hooks: { error: (error) => errors.push(error) },
    async *respond(turn) {
      inputs.push(await turn.modelInput());
      yield 'Seen.';
    },
  }) as unknown as ChatKitServer;
  const inner = door(chatkit);
  server.on('request', (request, response) => void inner.emit('request', request, response));
  return {
    chatkit, url, uploads, inputs, errors,
    close: async () => {
      await chatkit.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await s3?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
