import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut. */
export interface TcpProxy {
  port: number;
  /** Cuts all connections; new ones are served. */
  cut: () => void;
  /** Refuses the server to everybody until `restore`. */
  block: () => void;
  /** Keeps connections open and says nothing any more, as a server that hangs. */
  stall: () => void;
  /** Lets commands through to the server and drops its answers. */
  loseReplies: () => void;
  restore: () => void;
  close: () => Promise<void>;
}

/** @param isLost Told of all that clients send: what it says `true` to never arrives. */
export async function startTcpProxy(targetPort: number, isLost: (bytes: Buffer) => boolean = () => false): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let mode: 'open' | 'blocked' | 'stalled' | 'deaf' = 'open';
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((incoming) => {
    keep(incoming);
    if (mode === 'blocked') {
      incoming.destroy();
      return;
    }
    const outgoing = keep(connect(targetPort, '127.0.0.1'));
    incoming.once('close', () => outgoing.destroy());
    outgoing.once('close', () => incoming.destroy());
    incoming.on('data', (bytes) => {
      if ((mode === 'open' || mode === 'deaf') && !isLost(bytes)) outgoing.write(bytes);
    });
    outgoing.on('data', (bytes) => {
      if (mode === 'open') incoming.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    block: () => {
      mode = 'blocked';
      cut();
    },
    stall: () => {
      mode = 'stalled';
    },
    loseReplies: () => {
      mode = 'deaf';
    },
    restore: () => {
      if (mode === 'stalled' || mode === 'deaf') cut();
      mode = 'open';
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
