import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import type { Chat } from './fixtures.js';

/** Hands Node's requests to the server's fetch handler, whatever the page's own files are. */
function bridge(chatkit: RunningServer): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const abort = new AbortController();
      outgoing.on('close', () => abort.abort());
      const init: RequestInit = { method: incoming.method ?? 'GET', headers: incoming.headers as Record<string, string>, signal: abort.signal };
      if (chunks.length > 0) init.body = Buffer.concat(chunks);
      const response = await chatkit.fetch(new Request(`http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`, init));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body) for await (const bytes of response.body) outgoing.write(bytes);
      outgoing.end();
    })().catch(() => outgoing.destroy());
  };
}

/** What a server needs here besides its answers. */
function basis(pageOrigin: string) {
  const quiet = (): void => undefined;
  return {
    store: memoryStore(),
    authenticate: () => ({ ownerId: 'reader' }),
    cors: { origins: [pageOrigin] },
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
}

interface RunningServer {
  fetch: (request: Request) => Promise<Response>;
  close: () => Promise<void>;
}

/** Runs the page against the real server of this project, on another origin, and stops that server afterwards. */
export async function withRealServer(chat: Chat, create: (base: ReturnType<typeof basis>) => RunningServer, run: (api: { url: string; domainKey: string }) => Promise<void>): Promise<void> {
  const { server } = chat;
  const chatkit = create(basis(server.origin));
  const api = createServer(bridge(chatkit));
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const html = server.pages.get('/');
  const csp = html?.headers?.['content-security-policy'] ?? '';
  if (html) server.pages.set('/', { ...html, headers: { 'content-security-policy': csp.replace("connect-src 'self'", `connect-src 'self' ${origin}`) } });
  try {
    await run({ url: `${origin}/agent/chatkit`, domainKey: 'local' });
  } finally {
    chat.foreign.splice(0, chat.foreign.length, ...chat.foreign.filter((url) => !url.startsWith(origin)));
    await chatkit.close();
    api.closeAllConnections();
    api.close();
  }
}
