import { expect, test } from '@playwright/test';
import { serveShop, type Shop } from '../test/serve-shop.ts';

let shop: Shop;
test.beforeAll(async () => {
  shop = await serveShop({ CHATKIT_STORE: 'memory' });
});
test.afterAll(() => shop.close());
test.beforeEach(async ({ page }) => {
  // A closed network: OpenAI's script can't be had.
  await page.route('https://**', (route) => route.abort());
});

test('shows the whole assistant where OpenAI can’t be reached', async ({ page }, info) => {
  await page.goto(shop.url);
  await page.getByRole('textbox', { name: 'Message' }).fill('Add 10kg sugar at 150');
  await page.getByRole('button', { name: 'Send message' }).click();
  const log = page.getByRole('log');
  await expect(log).toContainText('Added 10 kg of sugar');
  for (const [sentence, answer] of [['Create a bill for Ali: 2kg sugar', 'The total is 300'], ['Show inventory', 'Sugar: 8 kg left']] as const) {
    await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
    await page.getByRole('textbox', { name: 'Message' }).fill(sentence);
    await page.keyboard.press('Enter');
    await expect(log).toContainText(answer);
  }
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await page.screenshot({ path: info.outputPath('conversation.png') });
  await page.getByRole('button', { name: 'Restock' }).click();
  await expect(log).toContainText('18 kg');
});

test('finds the conversation again after a reload', async ({ page }, info) => {
  await page.goto(shop.url);
  await page.getByRole('textbox', { name: 'Message' }).fill('Add 3kg lentils at 40');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await expect(log).toContainText('Added 3 kg of lentils');
  await page.reload();
  await expect(log).toContainText('Added 3 kg of lentils');
  await page.screenshot({ path: info.outputPath('after-reload.png') });
  await page.getByRole('textbox', { name: 'Message' }).fill('Add 2kg lentils at 40');
  await page.keyboard.press('Enter');
  await expect(log).toContainText('Added 2 kg of lentils');
});

test('shows a chat form where the helper’s script does not come', async ({ page }) => {
  await page.route('**/widget.js', (route) => route.abort());
  await page.goto(shop.url);
  await page.getByRole('textbox', { name: 'Message' }).fill('Add 2kg flour at 60');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('log')).toContainText('Added 2 kg of flour');
});

test('shows a chat form where there is no element at all, and keeps the conversation over a refresh', async ({ page }, info) => {
  await page.route('**/element/chatkit.js', (route) => route.abort());
  await page.goto(shop.url);
  await page.getByRole('button', { name: 'Show inventory' }).click();
  const log = page.getByRole('log');
  await expect(log.getByRole('article').last()).toContainText(/left|Nothing is in stock/);
  await page.getByRole('textbox', { name: 'Message' }).fill('Add 4kg rice at 90');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(log).toContainText('Added 4 kg of rice');
  await page.getByRole('textbox', { name: 'Message' }).fill('Create a bill for Sara: 1kg rice');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(log.getByRole('region', { name: /Bill \d+: Sara/ })).toContainText('90');
  await page.screenshot({ path: info.outputPath('chat-form.png') });
  await page.reload();
  await expect(log).toContainText('Added 4 kg of rice');
});
