import { expect, test } from './support/fixtures.js';

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 780 } });

  test('a table too wide for its words scrolls in its frame, and no word is broken', async ({ chat, server, page }) => {
    const thread = server.book.create({ title: 'Table' });
    const columns = ['Supplier', 'Warehouse', 'Price', 'Arrives', 'Certificate', 'Remarks'];
    server.book.addAssistant(thread, `| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n| ${columns.map((column) => `Some${column.toLowerCase()}`).join(' | ')} |`);
    await chat.open({ initialThread: thread.id });
    const frame = chat.log.locator('.table-frame');
    await expect(frame).toBeVisible();
    const broken = await frame.locator('th, td').evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().height > 30 ? [cell.textContent] : [];
      }),
    );
    expect(broken).toEqual([]);
    expect(await frame.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await expect(page.getByRole('group', { name: 'Table' })).toHaveAttribute('tabindex', '0');
  });
});

test('a task list shows its boxes, not their brackets', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: 'Tasks' });
  server.book.addAssistant(thread, '- [x] Count the **hinges**\n- [ ] Order more\n- [link](https://example.com) of no task\n\n1. [X] First\n\n```ts\nconst one = 1;\n```');
  await chat.open({ initialThread: thread.id });
  await expect(page.getByRole('checkbox', { name: 'Count the hinges' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Order more' })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'First' })).toBeDisabled();
  await expect(chat.log.getByRole('checkbox')).toHaveCount(3);
  await expect(chat.log.locator('li').first()).toHaveText(/^\s*Count the hinges/);
  await expect(chat.log).not.toContainText('[');
  await expect(page.getByRole('group', { name: 'Code: ts' })).toHaveAttribute('tabindex', '0');
});
