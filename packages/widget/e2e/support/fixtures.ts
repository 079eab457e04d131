import { test as base, expect, type ConsoleMessage, type Locator, type Page } from '@playwright/test';
import type * as WidgetModule from '../../src/index.js';
import { ChatServer } from './chat-server.js';
import type { StandIn } from './official-stand-in.js';
import { startPageServer, type PageServer } from './page-server.js';

/** Set by the page for tests to reach. */
interface PageWindow {
  chat: { element: StandIn; ready: Promise<void>; dispose: () => void; update: (config: object) => void; open: () => void; close: () => void };
  client: { session: () => Promise<{ sessionId: string }>; logout: () => Promise<void>; tab: { threadId: () => string | null } };
  problems: string[];
  effects: unknown[];
}

/** One tab with the chat on it. */
export class ShopPage {
  readonly said: string[] = [];

  constructor(readonly page: Page, readonly server: ChatServer, readonly pages: PageServer) {
    page.on('console', (message: ConsoleMessage) => this.said.push(message.text()));
  }

  get origin(): string {
    return `http://localhost:${String(this.pages.port)}`;
  }

  /** Opens a page with the chat and waits until it is ready, or has said why it is not. */
  async open(address = '/', config: Record<string, unknown> = {}, { origin = this.origin, apiUrl = this.server.url, headersFail = '' } = {}): Promise<void> {
    await this.page.addInitScript({ content: `window.given = ${JSON.stringify({ config, apiUrl, headersFail })};` });
    await this.page.goto(origin + address);
    await this.mount();
  }

  /** What the page's own script would do; again after a reload. */
  async mount(): Promise<void> {
    await this.page.evaluate(async () => {
      const here = window as unknown as PageWindow & { given: { config: Record<string, unknown>; apiUrl: string; headersFail: string } };
      const { createChatKitClient, mountChatKit } = (await import(`${location.origin}/widget.js`)) as typeof WidgetModule;
      const { config, apiUrl, headersFail } = here.given;
      here.problems = [];
      here.effects = [];
      const headers = (): HeadersInit => {
        if (headersFail !== '') throw new TypeError(headersFail);
        return {};
      };
      const client = createChatKitClient({ url: apiUrl, headers });
      const chat = mountChatKit('#chat', {
        client, scriptUrl: '/official.js', ...config,
        on: { error: (error) => here.problems.push('code' in error ? String(error.code) : error.message) },
        effects: { highlight: (data) => here.effects.push(data) },
      });
      Object.assign(here, { client, chat });
      await chat.ready.catch(() => undefined);
    });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.mount();
  }

  /** Does not wait for the answer. */
  async send(text: string): Promise<void> {
    await this.page.evaluate((given) => {
      void (window as unknown as PageWindow).chat.element.sendUserMessage({ text: given });
    }, text);
  }

  /** The response has ended. */
  async idle(): Promise<void> {
    await expect(this.page.locator('openai-chatkit:not([data-busy])')).toBeAttached();
  }

  async stop(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as PageWindow).chat.element.stop());
  }

  /** Not clipped, not covered, not outside: what is at its centre is part of it. */
  async expectInSight(locator: Locator): Promise<void> {
    await expect(locator).toBeInViewport();
    await expect.poll(() => locator.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    })).toBe(true);
  }

  answer(): ReturnType<Page['locator']> {
    return this.page.locator('article[data-type=assistant_message]');
  }

  problems(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as PageWindow).problems);
  }

  sessionId(): Promise<string> {
    return this.page.evaluate(async () => (await (window as unknown as PageWindow).client.session()).sessionId);
  }

  threadId(): Promise<string | null> {
    return this.page.evaluate(() => (window as unknown as PageWindow).client.tab.threadId());
  }

  received(): Promise<string> {
    return this.page.evaluate(() => (window as unknown as PageWindow).chat.element.received);
  }

  evaluate<T>(body: (here: PageWindow) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(`(${String(body)})(window)`);
  }
}

export const test = base.extend<{ server: ChatServer; shop: ShopPage }, { pages: PageServer }>({
  pages: [
    // Playwright reads the names of the fixtures a fixture needs from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const pages = await startPageServer();
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  server: async ({}, use) => {
    const server = new ChatServer();
    await server.start();
    await use(server);
    await server.close();
  },
  shop: async ({ page, server, pages }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(new ShopPage(page, server, pages));
    expect(errors, 'uncaught errors in the page').toEqual([]);
  },
});

export { expect };
