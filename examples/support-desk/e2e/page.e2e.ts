import { expect, test } from '@playwright/test';
import type { ServedDesk } from '../src/serve-desk.ts';
import { TestDesks } from '../test/test-desk.ts';

const desks = new TestDesks();
let desk: ServedDesk;
test.beforeAll(async () => {
  desk = await desks.serve({ CHATKIT_DATA: await desks.newDataFolder() });
});
test.afterAll(() => desks.close());
test.beforeEach(async ({ page }) => {
  // A closed network.
  await page.route('https://**', (route) => route.abort());
  await page.goto(desk.url);
});

test('takes a problem with a file, asks, and shows the ticket, which its buttons change', async ({ page }, info) => {
  const log = page.getByRole('log');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /attach/i }).click();
  await (await chooser).setFiles({ name: 'boiler.log', mimeType: 'text/plain', buffer: Buffer.from('pressure: 3.1 bar') });
  await page.getByRole('textbox', { name: 'Message' }).fill('My boiler is broken since Monday');
  await page.getByRole('button', { name: 'Send message' }).click();
  await page.getByRole('radio', { name: 'Nothing works' }).check();
  await page.getByRole('textbox', { name: 'What happened?' }).fill('The water stays cold');
  await page.screenshot({ path: info.outputPath('questions.png') });
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(log).toContainText('Files: boiler.log');
  await expect(log).toContainText('Nobody has it yet');
  // A button that streams waits for the answer that is streaming.
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await page.getByRole('button', { name: 'Assign' }).click();
  await expect(log).toContainText(/(Robin|Sam|Alex) takes over ticket/);
  await expect(log).toContainText('is on it');
  await expect(page.getByRole('button', { name: 'Assign' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(log).toContainText('is on it');
  await page.screenshot({ path: info.outputPath('ticket.png') });
});

test('asks before it pays a large refund, also after a reload', async ({ page }, info) => {
  await page.getByRole('button', { name: 'Money back' }).click();
  const log = page.getByRole('log');
  await expect(log).toContainText('Refund 250.00 for order A-1001?');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await page.screenshot({ path: info.outputPath('approval.png') });
  await page.reload();
  await page.getByRole('button', { name: /history|conversations/i }).click();
  await page.getByRole('button', { name: 'Refund 250 for order A-1001' }).first().click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(log).toContainText('Refunded 250.00 for order A-1001.');
  await expect(log).toContainText('Approved');
  await page.screenshot({ path: info.outputPath('approved.png') });
});
