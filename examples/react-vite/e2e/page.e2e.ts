import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

let server: ChildProcess;
let address = '';

test.beforeAll(async () => {
  server = spawn(process.execPath, [fileURLToPath(new URL('../server.ts', import.meta.url))], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  address = String(line).trim();
});
test.afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

test('the component and the hooks, in strict mode, share one session and keep it over a reload', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('https://cdn.platform.openai.com/**', (route) => route.abort());
  await page.goto(address);

  const quick = page.getByRole('region', { name: 'Quick question' });
  await quick.getByRole('textbox').fill('Show inventory');
  await quick.getByRole('button', { name: 'Ask' }).click();
  await expect(quick.getByRole('listitem')).toHaveText('Show inventory: 2 items');

  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('sugar');
  await composer.press('Enter');
  await expect(page.getByRole('log')).toContainText('You said: sugar');
  await expect(page.getByText('Conversations: 1')).toBeVisible();
  await expect(page.locator('openai-chatkit')).toHaveCount(1);

  await page.reload();
  await expect(page.getByRole('log')).toContainText('You said: sugar');
  await expect(quick.getByRole('listitem').first()).toHaveText('Show inventory: 2 items');
  expect(errors).toEqual([]);
});
