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

test('the page’s assistant answers, and still has the conversation after a reload', async ({ page }) => {
  // A network without OpenAI: the self-hosted element takes over.
  await page.route('https://cdn.platform.openai.com/**', (route) => route.abort());
  await page.goto(address);
  await page.getByRole('button', { name: 'Open Assistant' }).click();
  await page.getByText('What came in today?').waitFor();
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('sugar');
  await composer.press('Enter');
  await expect(page.getByRole('log')).toContainText('You said: sugar');

  await page.reload();
  await page.getByRole('button', { name: 'Open Assistant' }).click();
  await expect(page.getByRole('log')).toContainText('You said: sugar');
});
