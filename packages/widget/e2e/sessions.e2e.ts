import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../../scripts/services/find-chromium.ts';
import type * as WidgetModule from '../src/index.js';
import { expect, test, ShopPage } from './support/fixtures.js';

const created = (paths: { path: string }[]): number => paths.filter(({ path }) => path === 'POST /agent/session').length;

test('one session for a tab: kept over refresh, navigation and going back', async ({ shop, server }) => {
  await shop.open();
  const first = await shop.sessionId();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  const thread = await shop.threadId();
  await shop.reload();
  expect(await shop.sessionId()).toBe(first);
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  await shop.page.getByRole('link', { name: 'Other page' }).click();
  await shop.mount();
  expect(await shop.sessionId()).toBe(first);
  expect(await shop.threadId()).toBe(thread);
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  expect(created(server.requests)).toBe(1);
  // Each page that went away closed the session softly; the next one took that back.
  expect(server.requests.filter(({ path }) => path === 'POST /agent/session/close')).toHaveLength(2);
});

test('a duplicated tab gets a session of its own, of the same owner', async ({ shop, server, pages, context }) => {
  await shop.open();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  const storage = await shop.page.evaluate(() => JSON.stringify(sessionStorage));
  const copy = new ShopPage(await context.newPage(), server, pages);
  // What duplicating does: the new tab begins with a copy of the storage.
  await copy.page.addInitScript({ content: `if (!sessionStorage.length) for (const [name, value] of Object.entries(${storage})) sessionStorage.setItem(name, value);` });
  await copy.open();
  expect(await copy.sessionId()).not.toBe(await shop.sessionId());
  await expect(copy.answer()).toHaveText('Answer to quick question.');
  expect(server.requests.some(({ path }) => path === 'POST /agent/session/fork')).toBe(true);
  await copy.page.close();
  await shop.send('quick again');
  await expect(shop.answer().last()).toHaveText('Answer to quick again.');
});

test('a duplicate of a tab that is busy, or frozen, gets a session of its own as well', async ({ shop, server, pages, context }) => {
  await shop.open();
  const storage = await shop.page.evaluate(() => JSON.stringify(sessionStorage));
  const copy = new ShopPage(await context.newPage(), server, pages);
  await copy.page.addInitScript({ content: `if (!sessionStorage.length) for (const [name, value] of Object.entries(${storage})) sessionStorage.setItem(name, value);` });
  // Answers nothing until it is let go: a synchronous request that this test answers.
  let letGo = (): void => undefined;
  await shop.page.route('**/busy', async (route) => {
    await new Promise<void>((resolve) => (letGo = resolve));
    await route.fulfill({ body: '' });
  });
  const asked = shop.page.waitForRequest('**/busy');
  await shop.page.evaluate(() => void setTimeout(() => {
    const request = new XMLHttpRequest();
    request.open('GET', '/busy', false);
    request.send();
  }));
  await asked;
  await copy.open();
  const session = await copy.sessionId();
  letGo();
  expect(session).not.toBe(await shop.sessionId());
});

test('a storage that all tabs share: one session for them, which no tab ends when it goes', async ({ shop, server, context }) => {
  const open = async (page: Page): Promise<string> => {
    await page.goto(shop.origin);
    return page.evaluate(async (url) => {
      const { createChatKitClient } = (await import(`${location.origin}/widget.js`)) as typeof WidgetModule;
      const client = createChatKitClient({ url, storage: localStorage });
      const changes: string[] = [];
      client.tab.subscribe(({ type }) => changes.push(type));
      Object.assign(window, { client, changes });
      return (await client.session()).sessionId;
    }, server.url);
  };
  const first = await open(shop.page);
  const other = await context.newPage();
  expect(await open(other)).toBe(first);
  await other.goto('about:blank');
  await open(other);
  expect(server.requests.filter(({ path }) => /\/(close|fork)$/.test(path))).toEqual([]);
  await other.evaluate(() => (window as unknown as { client: { logout: () => Promise<void> } }).client.logout());
  await expect.poll(() => shop.page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toEqual(['session', 'logout']);
});

test('a session that the caller keeps does not end with the page', async ({ shop, server }) => {
  await shop.page.goto(shop.origin);
  await shop.page.evaluate(async (url) => {
    const { createChatKitSession, sendChatKitMessage } = (await import(`${location.origin}/widget.js`)) as typeof WidgetModule;
    const { session_id } = await createChatKitSession('anna', { url });
    await sendChatKitMessage({ message: 'quick one', session_id }, { url });
  }, server.url);
  await shop.page.goto(`${shop.origin}/other.html`);
  await shop.open();
  expect(server.requests.filter(({ path }) => path.endsWith('/close'))).toEqual([]);
});

test('a server that stumbles while the page loads: the conversation is there again with the next load', async ({ shop }) => {
  await shop.open();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  const stumbling = '**/agent/runs?**';
  await shop.page.route(stumbling, (route) => route.fulfill({ status: 502, body: 'Bad gateway', headers: { 'access-control-allow-origin': '*' } }));
  await shop.reload();
  await shop.page.unroute(stumbling);
  await shop.reload();
  await expect(shop.answer()).toHaveText('Answer to quick question.');
});

test('a tab restored after a crash keeps its session', async ({ shop, server, pages, context }) => {
  await shop.open();
  const first = await shop.sessionId();
  const storage = await shop.page.evaluate(() => JSON.stringify(sessionStorage));
  await shop.page.close({ runBeforeUnload: false });
  const restored = new ShopPage(await context.newPage(), server, pages);
  await restored.page.addInitScript({ content: `for (const [name, value] of Object.entries(${storage})) sessionStorage.setItem(name, value);` });
  await restored.open();
  expect(await restored.sessionId()).toBe(first);
});

test('an expired session: the new owner starts with an empty chat, and nothing of the old thread is repeated', async ({ shop, server }) => {
  await shop.open();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  const old = await shop.sessionId();
  await server.expireSessions();
  const turns = server.turns.length;
  await shop.send('quick follow-up');
  await expect.poll(() => shop.problems()).toEqual([expect.stringContaining('expired')]);
  await expect(shop.page.locator('article')).toHaveCount(0);
  expect(await shop.threadId()).toBeNull();
  expect(server.turns).toHaveLength(turns);
  expect(await shop.sessionId()).not.toBe(old);
  await shop.send('quick new start');
  await expect(shop.answer()).toHaveText('Answer to quick new start.');
});

test('a session that expired while the page was away is replaced without a word', async ({ shop, server }) => {
  await shop.open();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  await server.restart({ forgetting: true });
  await shop.reload();
  await expect(shop.page.locator('article')).toHaveCount(0);
  await shop.send('quick new start');
  await expect(shop.answer()).toHaveText('Answer to quick new start.');
  expect(await shop.problems()).toEqual([]);
});

test('a message that starts a thread is repeated with the new session, once', async ({ shop, server }) => {
  await shop.open();
  await server.restart({ forgetting: true });
  await shop.send('quick start');
  await expect(shop.answer()).toHaveText('Answer to quick start.');
  expect(server.turns).toHaveLength(1);
});

test('logout ends the session and clears the chat', async ({ shop, server }) => {
  await shop.open();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  const old = await shop.sessionId();
  await shop.evaluate((here) => here.client.logout());
  await expect(shop.page.locator('article')).toHaveCount(0);
  expect(await server.chatkit?.sessions.get(old)).toBeNull();
});

for (const renderer of ['official', 'self-hosted']) {
  test(`logout in mid-answer clears the chat, and nothing of the answer comes after (${renderer})`, async ({ shop, server }) => {
    await shop.open('/', renderer === 'official' ? {} : { renderer, selfHostedUrl: '/self-hosted.js' });
    await shop.send('Private story');
    server.say('secret words ');
    await expect(shop.page.locator('#chat')).toContainText('secret words');
    await shop.evaluate((here) => here.client.logout());
    await expect(shop.page.locator('#chat')).not.toContainText('secret');
    await expect(shop.page.locator('#chat')).not.toContainText('Private');
    server.say('more secret');
    server.finish();
    await shop.send('quick one');
    await expect(shop.page.locator('#chat')).toContainText('Answer to quick one.');
    await expect(shop.page.locator('#chat')).not.toContainText('secret');
    expect(await shop.problems()).toEqual([]);
    expect(server.turns[0]?.aborted).toBe(false);
  });
}

test('logout in mid-answer after a refresh clears the chat as well, and the answer is finished on the server', async ({ shop, server }) => {
  await shop.open('/', { renderer: 'self-hosted', selfHostedUrl: '/self-hosted.js' });
  await shop.send('Private story');
  server.say('secret words ');
  await expect(shop.page.locator('#chat')).toContainText('secret words');
  await shop.reload();
  await expect(shop.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await shop.evaluate((here) => here.client.logout());
  await expect(shop.page.locator('#chat')).not.toContainText('secret');
  server.say('more secret');
  server.finish();
  await shop.send('quick one');
  await expect(shop.page.locator('#chat')).toContainText('Answer to quick one.');
  await expect(shop.page.locator('#chat')).not.toContainText('secret');
  expect(await shop.problems()).toEqual([]);
  expect(server.turns[0]?.aborted).toBe(false);
});

test('logout with an element that does not let go of its thread: another one takes its place', async ({ shop }) => {
  await shop.open();
  await shop.send('quick secret');
  await expect(shop.answer()).toHaveText('Answer to quick secret.');
  await shop.evaluate((here) => {
    here.chat.element.setThreadId = () => Promise.reject(new Error('busy'));
    return here.client.logout();
  });
  await expect(shop.page.locator('article')).toHaveCount(0);
  await shop.send('quick one');
  await expect(shop.answer()).toHaveText('Answer to quick one.');
});

for (const logsOut of [true, false]) {
  test(`Back to a page that the browser kept ${logsOut ? 'shows nothing of the user who has logged out' : 'shows its chat, and the session goes on'}`, async ({ server, pages }) => {
    const { launchOptions } = test.info().project.use;
    // The headless shell keeps no pages.
    const executablePath = findChromium();
    const browser = await chromium.launch({ ...launchOptions, ...(executablePath === null ? {} : { executablePath }), ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    const page = await browser.newPage();
    const shop = new ShopPage(page, server, pages);
    await shop.open();
    await shop.send('quick secret');
    await expect(shop.answer()).toHaveText('Answer to quick secret.');
    // The test's own commands do not come back to a kept page: it has to speak for itself.
    await page.evaluate((url) => {
      window.addEventListener('pageshow', ({ persisted }) => void setInterval(() => {
        const count = document.querySelectorAll('article').length;
        void fetch(`${url}/report/${String(persisted)}/${String(count)}`, { mode: 'no-cors' }).catch(() => undefined);
      }, 200));
    }, server.url);
    await page.getByRole('link', { name: 'Other page' }).click();
    await shop.mount();
    if (logsOut) await shop.evaluate((here) => here.client.logout());
    await page.evaluate(() => void setTimeout(() => history.back()));
    await expect.poll(() => server.requests.some(({ path }) => path === `GET /agent/report/true/${logsOut ? '0' : '2'}`)).toBe(true);
    expect(created(server.requests)).toBe(1);
    void browser.close();
  });
}

test('storage that is denied: the chat works for as long as the page lives', async ({ shop }) => {
  await shop.page.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }));
  await shop.open();
  const session = await shop.sessionId();
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  expect(await shop.sessionId()).toBe(session);
  await shop.send('quick again');
  await expect(shop.answer().last()).toHaveText('Answer to quick again.');
});
