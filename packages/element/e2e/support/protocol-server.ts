import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { ThreadBook } from './thread-book.js';
import type { StoredThread, WireItem } from './thread-book.js';

export interface WireRequest {
  type: string;
  params: Record<string, unknown>;
}

export interface Reply {
  thread: StoredThread;
  request: WireRequest;
  /** Aborted when the client closes the request. */
  signal: AbortSignal;
  /** Creates an item of this thread with a fresh id. */
  item: (type: string, fields: Record<string, unknown>) => WireItem;
}

export type WireEvent = Record<string, unknown> & { type: string };
export type Responder = (reply: Reply) => AsyncIterable<WireEvent> | Iterable<WireEvent>;

export interface RecordedRequest extends WireRequest {
  headers: IncomingMessage['headers'];
}

interface Refusal {
  status: number;
  message: string;
  times: number;
}

/** Speaks the ChatKit wire from memory, so that a test decides what comes over it. */
export class ProtocolServer {
  readonly book = new ThreadBook();
  readonly requests: RecordedRequest[] = [];
  /** Bytes received by the upload routes. */
  readonly uploads: { method: string; url: string; bytes: number; headers: IncomingMessage['headers'] }[] = [];
  readonly aborted: string[] = [];
  readonly pages = new Map<string, { type: string; body: string | Buffer; headers?: Record<string, string> }>();
  respond: Responder = () => [];
  transcript = 'Dictated words';
  syncItem: WireItem | undefined;
  allowCancel = true;
  private refusal: Refusal | null = null;
  private server: Server | null = null;

  /** Stays as it is after the server has stopped: a page may still ask for something then. */
  origin = '';

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.handle(request, response).catch((error: unknown) => response.destroy(error as Error)));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** The next requests to the API are refused this way. */
  refuse(status: number, message: string, times = 1): void {
    this.refusal = { status, message, times };
  }

  requestsOf(type: string): RecordedRequest[] {
    return this.requests.filter((request) => request.type === type);
  }

  /** Once it is here: what is sent is shown before. */
  async onlyRequestOf(type: string): Promise<RecordedRequest> {
    await expect.poll(() => this.requestsOf(type).length).toBe(1);
    return this.requestsOf(type)[0] as RecordedRequest;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const page = this.pages.get(path);
    if (page && request.method === 'GET') {
      response.writeHead(200, { 'content-type': page.type, ...page.headers }).end(page.body);
      return;
    }
    if (path.startsWith('/upload')) return this.upload(request, response, path);
    if (path === '/chatkit' && request.method === 'POST') return this.operation(request, response);
    response.writeHead(404).end();
  }

  private async upload(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = await read(request);
    this.uploads.push({ method: request.method ?? '', url: path, bytes: body.length, headers: request.headers });
    if (path !== '/upload/direct') return void response.writeHead(204).end();
    const name = /filename="([^"]*)"/.exec(body.toString('latin1'))?.[1] ?? 'file';
    json(response, 200, this.book.attachment(Buffer.from(name, 'latin1').toString('utf8'), 'text/plain', this.origin));
  }

  private async operation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await read(request)).toString('utf8')) as WireRequest;
    this.requests.push({ ...body, headers: request.headers });
    if (this.refusal && this.refusal.times > 0) {
      this.refusal.times -= 1;
      return json(response, this.refusal.status, { code: 'refused', message: this.refusal.message });
    }
    const stream = this.streamOf(body);
    if (!stream) {
      const { status, result } = this.answer(body);
      return json(response, status, result);
    }
    const abort = new AbortController();
    response.on('close', () => {
      if (response.writableEnded) return;
      this.aborted.push(body.type);
      abort.abort();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    for await (const event of stream(abort.signal)) {
      if (abort.signal.aborted) return;
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    }
    response.end();
  }

  private streamOf(request: WireRequest): ((signal: AbortSignal) => AsyncIterable<WireEvent>) | undefined {
    const { book } = this;
    const isNew = request.type === 'threads.create';
    const known = ['threads.add_user_message', 'threads.add_client_tool_output', 'threads.add_structured_input', 'threads.retry_after_item', 'threads.custom_action'];
    if (!isNew && !known.includes(request.type)) return undefined;
    const thread = isNew ? book.create() : book.get(String(request.params['thread_id']));
    const respond = this.respond;
    const { allowCancel } = this;
    return async function* (signal) {
      if (isNew) yield { type: 'thread.created', thread: book.wire(thread, []) };
      for (const event of book.begin(thread, request)) yield event;
      yield { type: 'stream_options', stream_options: { allow_cancel: allowCancel } };
      const reply: Reply = { thread, request, signal, item: (type, fields) => book.item(thread, type, fields) };
      for await (const event of respond(reply)) {
        book.keep(thread, event);
        yield event;
      }
    };
  }

  private answer(request: WireRequest): { status: number; result: unknown } {
    if (request.type === 'input.transcribe') return { status: 200, result: { text: this.transcript } };
    if (request.type === 'threads.sync_custom_action') return { status: 200, result: this.syncItem ? { updated_item: this.syncItem } : {} };
    return this.book.answer(request, this.origin);
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
