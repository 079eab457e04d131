import { expect, test, type Page } from '@playwright/test';
import { startApp } from './start-app.js';

let app: Awaited<ReturnType<typeof startApp>>;
test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => app.stop());

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  // A difference between what the server and the browser rendered is told on the console.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_FAILED')) complaints.push(message.text());
  });
  // A network without OpenAI: the self-hosted element takes over.
  await page.route('https://cdn.platform.openai.com/**', (route) => route.abort());
  await page.goto(app.address + path);
  return complaints;
}

async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(text);
  await composer.press('Enter');
}

test('the assistant is on every route and keeps its conversation from one to the next', async ({ page }) => {
  const complaints = await open(page, '/');
  await page.getByRole('button', { name: 'Open Assistant' }).click();
  await ask(page, 'sugar');
  await expect(page.getByRole('log')).toContainText('You said: sugar');
  for (const route of ['Stock', 'Bills']) {
    await page.getByRole('link', { name: route }).click();
    await expect(page.getByRole('heading', { name: route })).toBeVisible();
    await expect(page.getByRole('log')).toContainText('You said: sugar');
  }
  await page.reload();
  await page.getByRole('button', { name: 'Open Assistant' }).click();
  await expect(page.getByRole('log')).toContainText('You said: sugar');
  expect(complaints).toEqual([]);
});

test('the route handler speaks the simple API as well', async ({ request }) => {
  const session = (await (await request.post(`${app.address}/agent/session`)).json()) as { session_id: string };
  const answer = await request.post(`${app.address}/agent/chat`, { data: { message: 'Show inventory' }, headers: { 'x-chatkit-session': session.session_id } });
  expect(await answer.json()).toMatchObject({ type: 'item_list', message: 'In stock: sugar, rice.', structured_data: { items: ['sugar', 'rice'] } });
});
