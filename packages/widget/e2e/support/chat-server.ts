import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit, type ChatKitServer, type Store, type Turn } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { CuttableProxy } from './cuttable-proxy.js';

/** The real server, on Express, behind a line that tests can cut. Its answers go on word by word as a test says. */
export class ChatServer {
  readonly line = new CuttableProxy();
  readonly requests: { path: string; headers: Record<string, unknown> }[] = [];
  readonly turns: { text: string; aborted: boolean }[] = [];
  chatkit: ChatKitServer | null = null;
  url = '';
  origins: (string | RegExp)[] = [/.*/];
  isOpen = true;
  #store: Store = memoryStore();
  #server: Server | null = null;
  #words: string[] = [];
  #over = false;
  #wake = (): void => undefined;

  async start(): Promise<void> {
    const port = await this.line.listen();
    this.url = `http://localhost:${String(port)}/agent`;
    await this.#serve();
  }

  /** More words of the answer that is being written. */
  say(...words: string[]): void {
    this.#words.push(...words);
    this.#wake();
  }

  /** The answer is complete. */
  finish(): void {
    this.#over = true;
    this.#wake();
  }

  /** Another process in the place of this one. With `forgetting`, it knows nothing of before. */
  async restart({ forgetting = false } = {}): Promise<void> {
    await this.#stop();
    if (forgetting) this.#store = memoryStore();
    await this.#serve();
  }

  /** All sessions are gone, as after their time. */
  async expireSessions(): Promise<void> {
    const { sessions } = memoryStore();
    this.#store = { ...this.#store, sessions };
    await this.restart();
  }

  async close(): Promise<void> {
    this.finish();
    await this.#stop();
    await this.line.close();
  }

  async *#respond({ userText, signal }: Turn): AsyncGenerator<string> {
    const turn = { text: userText, aborted: false };
    this.turns.push(turn);
    signal.addEventListener('abort', () => {
      turn.aborted = true;
      this.#wake();
    });
    if (userText.startsWith('quick')) {
      yield `Answer to ${userText}.`;
      return;
    }
    this.#over = false;
    for (;;) {
      for (const word of this.#words.splice(0)) yield word;
      if (this.#over || signal.aborted) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #serve(): Promise<void> {
    const chatkit = createChatKit({
      store: this.#store, cors: { origins: this.origins },
      respond: (turn) => this.#respond(turn),
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      ...(this.isOpen ? {} : { authenticate: () => null }),
    }) as ChatKitServer;
    const app = express();
    app.use((request, _response, next) => {
      this.requests.push({ path: `${request.method} ${request.path}`, headers: request.headers });
      next();
    });
    app.use('/agent', chatkitRouter(chatkit));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.line.target = (server.address() as AddressInfo).port;
    this.chatkit = chatkit;
    this.#server = server;
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    const closed = new Promise((resolve) => server?.close(resolve));
    await this.chatkit?.close({ graceMs: 0 });
    await closed;
  }
}
