import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { build } from 'esbuild';
import { ProtocolServer } from './protocol-server.js';

const csp = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'none'"].join('; ');

const pageScript = `
  window.events = [];
  const names = ['ready','error','effect','deeplink','response.start','response.end','history.open','history.close','thread.change','thread.load.start','thread.load.end','tool.change','log'];
  for (const name of names) document.addEventListener('chatkit.' + name, (event) => window.events.push({ name, detail: name === 'error' ? { message: event.detail.error.message } : event.detail }));
  document.addEventListener('securitypolicyviolation', (event) => (window.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI));
`;

const pageStyle = `html, body { margin: 0; height: 100%; } openai-chatkit { display: block; height: 100vh; }`;

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Test page</title>
<link rel="stylesheet" href="/page.css"><script src="/page.js"></script><script src="/chatkit.js" defer></script></head><body><main><openai-chatkit></openai-chatkit></main></body></html>`;

export interface RecordedEvent {
  name: string;
  detail: Record<string, unknown> | null;
}

/** The element on a page with a strict content security policy. */
export class Chat {
  readonly element: Locator;
  readonly message: Locator;
  readonly log: Locator;
  readonly foreign: string[] = [];
  #options: Record<string, unknown> = {};

  constructor(
    readonly page: Page,
    readonly server: ProtocolServer,
  ) {
    this.element = page.locator('openai-chatkit');
    this.message = page.getByRole('textbox', { name: /^(Message|رسالة)$/ });
    this.log = page.getByRole('log');
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:', 'about:'].includes(url.protocol) && url.origin !== server.origin) this.foreign.push(request.url());
    });
  }

  async open(options: Record<string, unknown> = {}): Promise<void> {
    await this.page.goto(`${this.server.origin}/`);
    await this.setOptions(options);
    await expect.poll(async () => (await this.events()).some((event) => event.name === 'ready')).toBe(true);
  }

  /** Sets options that are plain data; those with functions are set by the test itself. */
  async setOptions(options: Record<string, unknown>): Promise<void> {
    this.#options = options;
    await this.page.evaluate((given) => {
      const element = document.querySelector('openai-chatkit') as HTMLElement & { setOptions: (value: unknown) => void };
      element.setOptions({ api: { url: '/chatkit', domainKey: 'local' }, ...given });
    }, options);
  }

  /** Sets the theme beside the options that are set. */
  async setTheme(theme: unknown): Promise<void> {
    await this.setOptions({ ...this.#options, theme });
  }

  /** Calls a method of the element; rejects as the method does. */
  async call(method: string, ...parameters: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      ([name, given]) => (document.querySelector('openai-chatkit') as unknown as Record<string, (...values: unknown[]) => unknown>)[name]?.(...given),
      [method, parameters] as const,
    );
  }

  async send(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
  }

  async events(): Promise<RecordedEvent[]> {
    return this.page.evaluate(() => (window as unknown as { events: RecordedEvent[] }).events);
  }

  async eventNames(): Promise<string[]> {
    return (await this.events()).map((event) => event.name);
  }

  async violations(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { violations?: string[] }).violations ?? []);
  }

  async idle(): Promise<void> {
    await expect(this.log).toHaveAttribute('aria-busy', 'false');
  }
}

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export const test = base.extend<{ server: ProtocolServer; chat: Chat }, { bundle: string }>({
  bundle: [
    // Playwright reads the names of the fixtures a fixture needs from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
      const result = await build({ entryPoints: [entry], bundle: true, format: 'iife', minify: true, target: 'es2022', write: false });
      await use(result.outputFiles[0]?.text ?? '');
    },
    { scope: 'worker' },
  ],
  server: async ({ bundle }, use) => {
    const server = new ProtocolServer();
    server.pages.set('/', { type: 'text/html', body: html, headers: { 'content-security-policy': csp } });
    server.pages.set('/page.js', { type: 'text/javascript', body: pageScript });
    server.pages.set('/page.css', { type: 'text/css', body: pageStyle });
    server.pages.set('/chatkit.js', { type: 'text/javascript', body: bundle });
    server.pages.set('/pixel.png', { type: 'image/png', body: pixel });
    server.pages.set('/favicon.ico', { type: 'image/png', body: pixel });
    await server.start();
    await use(server);
    await server.stop();
  },
  chat: async ({ page, server }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const chat = new Chat(page, server);
    await use(chat);
    expect(errors, 'uncaught errors in the page').toEqual([]);
    expect(chat.foreign, 'requests to other hosts').toEqual([]);
    if (page.url().startsWith(server.origin)) expect(await chat.violations(), 'content security policy').toEqual([]);
  },
});

export { expect };
