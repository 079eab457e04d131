import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import express from 'express';
import express4 from 'express4';

/** A server on a free port; `url` ends with the mount path. */
export interface Served {
  url: string;
  close: () => Promise<void>;
}

type AnyServer = ChatKitServer<never> | ChatKitServer;
export type Serve = (chatkit: AnyServer) => Promise<Served>;

/** The ways in which an app may serve the same ChatKit server. */
export const doors: Record<'Express 5' | 'Express 4' | 'chatkit.fetch', Serve> = {
  'Express 5': (chatkit) => listen(createServer(express().use('/agent', chatkitRouter(chatkit as ChatKitServer)))),
  'Express 4': (chatkit) => listen(createServer(express4().use('/agent', chatkitRouter(chatkit as ChatKitServer) as unknown as express4.RequestHandler))),
  'chatkit.fetch': (chatkit) => listen(fetchServer(chatkit)),
};

export async function listen(server: Server, mount = '/agent'): Promise<Served> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${mount}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What Bun, Deno and workers do by themselves: a web `Request` in, a `Response` out, the signal aborted when the client goes. */
export function fetchServer(chatkit: Pick<AnyServer, 'fetch'>): Server {
  return createServer((incoming, outgoing) => {
    void (async () => {
      const gone = new AbortController();
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) gone.abort();
      });
      const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
      const request = new Request(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`, {
        method: incoming.method ?? 'GET',
        headers: incoming.headers as Record<string, string>,
        signal: gone.signal,
        ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
      });
      const response = await chatkit.fetch(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body) Readable.fromWeb(response.body as never).on('error', () => outgoing.destroy()).pipe(outgoing);
      else outgoing.end();
    })();
  });
}
