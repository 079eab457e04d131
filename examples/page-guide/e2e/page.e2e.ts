import { expect, test, type Page } from '@playwright/test';
import type { Served } from '../../../test/integration/serve.ts';
import { serveGuide } from '../test/serve-guide.ts';

let guide: Served;
test.beforeAll(async () => {
  guide = await serveGuide();
});
test.afterAll(() => guide.close());
test.beforeEach(async ({ page }) => {
  // A closed network.
  await page.route('https://**', (route) => route.abort());
  await page.goto(guide.url);
});

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

test('marks a trail on the page, and follows a source to it', async ({ page }, info) => {
  await say(page, 'Show me Quarry Steps');
  await expect(page.locator('#quarry-steps')).toHaveClass(/marked/);
  await expect(page.locator('#quarry-steps')).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await say(page, 'I have 4 hours');
  const log = page.getByRole('log');
  await expect(log).toContainText('In 4 hours you can walk');
  await expect(log.getByRole('button', { name: 'Looked at 4 trails' })).toBeVisible();
  await log.locator('.citation.entity', { hasText: '7.5 km' }).click();
  await expect(page.locator('#lake-loop')).toHaveClass(/marked/);
  await expect(page.locator('#quarry-steps')).not.toHaveClass(/marked/);
  await log.getByRole('button', { name: 'Looked at 4 trails' }).click();
  await page.screenshot({ path: info.outputPath('plan.png') });
});

test('knows what is selected on the page, and what is mentioned', async ({ page }, info) => {
  await page.locator('#mill-path p').last().evaluate((paragraph) => getSelection()?.selectAllChildren(paragraph));
  await say(page, 'What does this mean?');
  const log = page.getByRole('log');
  await expect(log).toContainText('You have selected “Follows the old mill race');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.click();
  await page.keyboard.type('How long is @ridge');
  await page.getByRole('option', { name: 'Ridge Way' }).click();
  await page.keyboard.press('Enter');
  await expect(log).toContainText('The last spring is at the chapel.');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await page.screenshot({ path: info.outputPath('mention.png') });
});
