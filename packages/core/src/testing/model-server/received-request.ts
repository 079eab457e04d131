import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that the model server got. */
export interface ReceivedRequest {
  readonly api: 'responses' | 'chat_completions';
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** The items (or messages) that the model was given. */
  readonly input: readonly Record<string, unknown>[];
  /** Resolves when the exchange is over: `aborted` when the client went away before the end of the answer. */
  readonly closed: Promise<'completed' | 'aborted'>;
  /** Aborts when the client goes away before the end of the answer. */
  readonly signal: AbortSignal;
}

export async function receiveRequest(incoming: IncomingMessage, outgoing: ServerResponse, api: ReceivedRequest['api']): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
  const controller = new AbortController();
  const closed = new Promise<'completed' | 'aborted'>((resolve) => {
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) controller.abort();
      resolve(outgoing.writableFinished ? 'completed' : 'aborted');
    });
  });
  const given = api === 'responses' ? body['input'] : body['messages'];
  const input = Array.isArray(given) ? (given as Record<string, unknown>[]) : [{ role: 'user', content: given }];
  return { api, headers: incoming.headers, body, input, closed, signal: controller.signal };
}
