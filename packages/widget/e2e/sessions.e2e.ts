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
