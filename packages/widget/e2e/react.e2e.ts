import type { Page } from '@playwright/test';
import { expect, test, type ShopPage } from './support/fixtures.js';
import type { ChatServer } from './support/chat-server.js';

/** The page's client has no address of its own: what it asks of the default one goes to the test's server. */
async function open({ page, origin }: ShopPage, server: ChatServer, query = ''): Promise<void> {
  await page.addInitScript((url) => {
    const send = window.fetch.bind(window);
    window.fetch = (address, init) => send((address as string).replace(/^http:\/\/localhost:8000\/agent(?=\/)/, url), init);
  }, server.url);
  await page.goto(`${origin}/react.html${query}`);
}

const session = (page: Page) => page.getByRole('status', { name: 'Session' });
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

test('useChat stops an answer on the server and keeps what was written', async ({ shop, server }) => {
  const { page } = shop;
  await open(shop, server);
  await expect(session(page)).toHaveText(/^session-/);
  await press(page, 'Tell');
  server.say('first words');
  await expect(page.getByRole('listitem')).toHaveText('Go on: first words');
  await press(page, 'Stop');
  await expect.poll(() => server.turns).toEqual([{ text: 'Go on', aborted: true }]);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  await expect(page.getByRole('listitem')).toHaveText('Go on: first words');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('useChat tells an error, which the next message takes away', async ({ shop, server }) => {
  const { page } = shop;
  await open(shop, server);
  await expect(session(page)).toHaveText(/^session-/);
  const refused = `${server.url}/chat/stream`;
  await page.route(refused, (route) => route.fulfill({ status: 429, json: { code: 'too_many_runs', message: 'Too many answers at once.' }, headers: { 'access-control-allow-origin': shop.origin } }));
  await press(page, 'Ask');
  await expect(page.getByRole('alert')).toHaveText('Chat: Too many answers at once.');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  await page.unroute(refused);
  await press(page, 'Ask');
  await expect(page.getByRole('listitem').last()).toHaveText('quick question: Answer to quick question.');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('renew gives the session another token, and the old one is refused', async ({ shop, server }) => {
  const { page } = shop;
  await open(shop, server);
  await expect(session(page)).toHaveText(/^session-/);
  const before = (await session(page).textContent()) ?? '';
  await press(page, 'Ask');
  await expect(page.getByRole('listitem')).toHaveText('quick question: Answer to quick question.');
  await press(page, 'Renew');
  await expect(session(page)).not.toHaveText(before);
  await expect(session(page)).toHaveText(/^session-/);
  expect(await server.chatkit?.sessions.get(before)).toBeNull();
  // The same conversation goes on, also after a reload.
  await press(page, 'Ask');
  await expect(page.getByRole('listitem').last()).toHaveText('quick question: Answer to quick question.');
  await page.reload();
  await expect(page.getByRole('listitem')).toHaveCount(2);
});

test('renew is the next try where no session came', async ({ shop, server }) => {
  const { page } = shop;
  server.isOpen = false;
  await server.restart();
  await open(shop, server);
  await expect(page.getByRole('alert')).toContainText('Session: ');
  server.isOpen = true;
  await server.restart();
  await press(page, 'Renew');
  await expect(session(page)).toHaveText(/^session-/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the component takes an option back when its prop is taken away, and leaves nothing behind', async ({ shop, server }) => {
  const { page } = shop;
  await open(shop, server, '?element');
  const startScreen = () => page.evaluate(() => {
    const element = document.querySelector<HTMLElement & { options?: { startScreen: object; composer: object } | null }>('openai-chatkit');
    return element?.options ? { ...element.options.startScreen, ...element.options.composer } : null;
  });
  await expect.poll(startScreen).toEqual({ greeting: 'Hello', placeholder: 'Ask' });
  await press(page, 'Greeting');
  await expect.poll(startScreen).toEqual({ placeholder: 'Ask' });
  await press(page, 'Greeting');
  await expect.poll(startScreen).toEqual({ greeting: 'Hello', placeholder: 'Ask' });
  await press(page, 'Element on the page');
  await expect(page.locator('openai-chatkit')).toHaveCount(0);
  await press(page, 'Element on the page');
  await expect.poll(startScreen).toEqual({ greeting: 'Hello', placeholder: 'Ask' });
});
