import type { Page } from '@playwright/test';
import { done } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';

async function openHistory(chat: Chat, server: ProtocolServer): Promise<void> {
  for (const title of ['First', 'Second', 'Third']) server.book.create({ title });
  await chat.open();
  await chat.call('showHistory');
  await expect(chat.element.locator('.thread-entry')).toHaveCount(3);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}

test('after renaming, or not, the focus is at the row again', async ({ chat, server, page }) => {
  await openHistory(chat, server);
  const rename = page.getByRole('button', { name: 'Rename: Second' });
  await press(page, 'Rename: Second');
  await expect(page.getByRole('textbox', { name: 'Chat title' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rename).toBeFocused();
  await press(page, 'Rename: Second');
  await expect(page.getByRole('textbox', { name: 'Chat title' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(rename).toBeFocused();
  await press(page, 'Rename: Second');
  await page.getByRole('textbox', { name: 'Chat title' }).fill('Renamed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Rename: Renamed' })).toBeFocused();
});

test('deleting asks with the title and begins at Cancel; then the focus is at the row, or the next one', async ({ chat, server, page }) => {
  await openHistory(chat, server);
  await press(page, 'Delete: Second');
  const question = page.getByRole('group', { name: 'Delete this chat? Second' });
  await expect(question).toContainText('Second');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete: Second' })).toBeFocused();
  for (const [title, next] of [['Second', 'First'], ['First', 'Third']] as const) {
    await press(page, `Delete: ${title}`);
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: new RegExp(`^${next}`) })).toBeFocused();
  }
  await press(page, 'Delete: Third');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Back to chat' })).toBeFocused();
});

test('Escape that closes something in the chat is taken: what holds the chat stays open', async ({ chat, server, page }) => {
  await openHistory(chat, server);
  await page.evaluate(() => document.addEventListener('keydown', (event) => event.key === 'Escape' && ((window as unknown as { escapes: boolean[] }).escapes ??= []).push(event.defaultPrevented)));
  await press(page, 'Rename: Second');
  await expect(page.getByRole('textbox', { name: 'Chat title' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Chat title' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(chat.element.locator('.history')).toHaveCount(0);
  await chat.message.focus();
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => (window as unknown as { escapes: boolean[] }).escapes)).toEqual([true, false]);
});

test('the card of a source describes what it belongs to, and Escape closes it alone', async ({ chat, server, page }) => {
  const source = { type: 'url', title: 'Stock list', url: 'https://stock.example/list', description: 'All of it' };
  server.respond = (reply) => [done(reply, 'assistant_message', { content: [{ type: 'output_text', text: 'Low.', annotations: [{ type: 'annotation', index: 3, source }] }] })];
  await chat.open();
  await chat.send('Stock?');
  const citation = chat.log.getByRole('link', { name: 'stock.example' });
  await citation.focus();
  await expect(page.getByRole('tooltip')).toContainText('All of it');
  await expect(citation).toHaveAccessibleDescription(/All of it/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(citation).not.toHaveAttribute('aria-describedby', /./);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 780 } });

  test('the buttons of a row being renamed stand side by side at its end', async ({ chat, server, page }) => {
    await openHistory(chat, server);
    await press(page, 'Rename: Second');
    const cancel = await page.getByRole('button', { name: 'Cancel' }).boundingBox();
    const save = await page.getByRole('button', { name: 'Save' }).boundingBox();
    const row = await chat.element.locator('.thread-entry.editing').boundingBox();
    expect(save?.y).toBe(cancel?.y);
    expect((row?.x ?? 0) + (row?.width ?? 0) - (save?.x ?? 0) - (save?.width ?? 0)).toBeLessThan(16);
  });
});

test('a notice of one line stands in the middle of its box', async ({ chat, server }) => {
  server.respond = () => [{ type: 'notice', level: 'info', message: 'One line' }];
  await chat.open();
  await chat.send('Go');
  const middles = await chat.element.locator('.notice').evaluate((notice) => {
    const middle = (element: Element | null): number => {
      const box = element?.getBoundingClientRect();
      return (box?.top ?? 0) + (box?.height ?? 0) / 2;
    };
    return [notice, notice.querySelector('.icon'), notice.querySelector('.notice-text'), notice.querySelector('button')].map(middle);
  });
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(1.2);
});
