import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatCompletion, chatCompletionChunks } from './chat-completions.js';
import { httpError, modelId, type ModelOutput, type ModelReply } from './model-output.js';
import { receiveRequest, type ReceivedRequest } from './received-request.js';
import { finishedItem, itemsOf, responseObject } from './response-object.js';
import { responsesEvents } from './responses-events.js';

export interface ModelServer extends AsyncDisposable {
  /** Base address for a client: `new OpenAI({ baseURL: server.url, apiKey: 'test' })`. */
  readonly url: string;
  /** The requests so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Adds the answer to the next request that has none yet. */
  reply: (...outputs: ModelOutput[]) => void;
  /** The next request that has no answer yet is refused. */
  refuse: (status: number, message?: string, code?: string) => void;
  /** Answers requests for which no reply is scripted. */
  onRequest: (respond: (request: ReceivedRequest) => ModelReply | Promise<ModelReply>) => void;
  /** Resolves with the request of this number (from 0), which may be still to come. */
  request: (index: number) => Promise<ReceivedRequest>;
  close: () => Promise<void>;
}

/**
 * A server on this machine that speaks OpenAI's Responses API (`POST /v1/responses`) and Chat Completions (`POST /v1/chat/completions`),
 * streaming and not, with the genuine event shapes. What it answers is scripted; what it was asked is kept.
 */
export async function startModelServer(): Promise<ModelServer> {
  const replies: ModelReply[] = [];
  const requests: ReceivedRequest[] = [];
  const waiting: { index: number; resolve: (request: ReceivedRequest) => void }[] = [];
  let respond: ((request: ReceivedRequest) => ModelReply | Promise<ModelReply>) | null = null;

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const api = incoming.url === '/v1/responses' ? 'responses' : incoming.url === '/v1/chat/completions' ? 'chat_completions' : null;
    if (incoming.method !== 'POST' || api === null) return sendError(outgoing, httpError(404, `There is no ${String(incoming.method)} ${String(incoming.url)} here.`));
    const request = await receiveRequest(incoming, outgoing, api);
    const reply = replies.shift();
    requests.push(request);
    for (const waiter of waiting.filter(({ index }) => index < requests.length)) {
      const found = requests[waiter.index];
      if (found) waiter.resolve(found);
    }
    const scripted = reply ?? (await respond?.(request)) ?? httpError(400, 'No reply is scripted for this request.');
    if ('status' in scripted) return sendError(outgoing, scripted);
    if (request.body['stream'] !== true) return sendJson(outgoing, 200, wholeReply(request, scripted));
    await stream(outgoing, request, scripted);
  };

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) outgoing.destroy();
      else sendError(outgoing, httpError(500, error instanceof Error ? error.message : String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.close((error) => {
        if (error && (error as NodeJS.ErrnoException).code !== 'ERR_SERVER_NOT_RUNNING') reject(error);
        else resolve();
      });
      server.closeAllConnections();
    });

  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    requests,
    reply: (...outputs) => {
      replies.push(outputs);
    },
    refuse: (status, message, code) => {
      replies.push(httpError(status, message, code));
    },
    onRequest: (next) => {
      respond = next;
    },
    request: (index) => {
      const known = requests[index];
      return known ? Promise.resolve(known) : new Promise((resolve) => waiting.push({ index, resolve }));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function stream(outgoing: ServerResponse, request: ReceivedRequest, outputs: readonly ModelOutput[]): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': modelId('req') });
  const steps = request.api === 'responses' ? responsesEvents(request.body, outputs) : chatCompletionChunks(request.body, outputs);
  for (const step of steps) {
    if (request.signal.aborted) return;
    if ('wait' in step) await Promise.race([step.wait, request.closed]);
    else if ('disconnect' in step) {
      // What was written must arrive before the break.
      await new Promise((resolve) => outgoing.write(': \n\n', resolve));
      outgoing.destroy();
      return;
    } else if ('chunk' in step) outgoing.write(`data: ${JSON.stringify(step.chunk)}\n\n`);
    else if (step.event) outgoing.write(`event: ${step.event.type}\ndata: ${JSON.stringify(step.event)}\n\n`);
  }
  if (request.api === 'chat_completions') outgoing.write('data: [DONE]\n\n');
  outgoing.end();
}

function wholeReply(request: ReceivedRequest, outputs: readonly ModelOutput[]): unknown {
  if (request.api === 'chat_completions') return chatCompletion(request.body, outputs);
  const output = itemsOf(outputs).map(finishedItem);
  return responseObject(request.body, { id: modelId('resp'), createdAt: Math.floor(Date.now() / 1000), status: 'completed', output });
}

function sendError(outgoing: ServerResponse, error: ReturnType<typeof httpError>): void {
  sendJson(outgoing, error.status, { error: { message: error.message, type: 'invalid_request_error', param: null, code: error.code ?? null } });
}

function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
