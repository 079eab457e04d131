import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Model {
  url: string;
  /** What it was asked, in order. */
  calls: { prompt: string; aborted: boolean }[];
  /** More words of the answer that is being written. */
  say: (words: string) => void;
  /** The answer is complete. */
  finish: () => void;
  stop: () => Promise<void>;
}

/** The model of one answer at a time: it says what a test says, when it says it. */
export async function startModel(): Promise<Model> {
  const calls: Model['calls'] = [];
  let answer: ServerResponse | null = null;
  const server = createServer((request, response) => {
    let prompt = '';
    request.on('data', (piece: Buffer) => (prompt += String(piece)));
    request.on('end', () => {
      const call = { prompt, aborted: false };
      response.on('close', () => (call.aborted = !response.writableFinished));
      response.writeHead(200, { 'content-type': 'text/plain' }).flushHeaders();
      answer = response;
      calls.push(call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    say: (words) => void answer?.write(words),
    finish: () => void answer?.end(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
