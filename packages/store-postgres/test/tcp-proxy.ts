import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { databaseUrl } from './database-url.js';

export interface TcpProxy {
  /** Reaches the server through the proxy. */
  url: string;
  /** Cuts all connections; new ones are let through. */
  cut: () => void;
  /** Refuses everything until the result is called. */
  refuse: () => Promise<() => Promise<void>>;
  /** Accepts and passes on nothing more, in either direction, until the result is called: a network that swallows. */
  swallow: () => () => void;
  close: () => Promise<void>;
}

/** Stands between a store and the server of the test run, to take the server away from this store alone. */
export async function startTcpProxy(): Promise<TcpProxy> {
  const target = new URL(databaseUrl());
  const sockets = new Set<Socket>();
  let swallowing = false;

  const track = (socket: Socket, partner: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => partner.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      partner.destroy();
    });
    socket.on('data', (bytes) => {
      if (!swallowing) partner.write(bytes);
    });
  };
  const accept = (socket: Socket): void => {
    const upstream = connect(Number(target.port), target.hostname);
    track(socket, upstream);
    track(upstream, socket);
  };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  let server = await listen(accept, 0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.port = String(port);
  url.hostname = '127.0.0.1';

  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  return {
    url: url.href,
    cut,
    refuse: async () => {
      await stop();
      return async () => {
        server = await listen(accept, port);
      };
    },
    swallow: () => {
      swallowing = true;
      return () => {
        swallowing = false;
        cut();
      };
    },
    close: stop,
  };
}

async function listen(accept: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(accept);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
