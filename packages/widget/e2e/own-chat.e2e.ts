import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test as base } from './support/fixtures.js';

interface OwnPage {
  client: { logout: () => Promise<void>; history: () => Promise<unknown> };
  send: (message: string) => void;
}

/** A page with a chat of its own making. */
const test = base.extend<{ open: () => Promise<void>; send: (message: string) => Promise<void> }>({
  open: async ({ page, pages, server }, use) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('support/own-chat.tsx', import.meta.url))],
      bundle: true, format: 'iife', target: 'es2022', write: false, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' },
    });
    pages.files.set('/own-chat.js', { type: 'text/javascript', body: outputFiles[0]?.text ?? '' });
    await use(async () => {
      await page.goto(`http://localhost:${String(pages.port)}/`);
      await page.evaluate((apiUrl) => Object.assign(window, { given: { apiUrl } }), server.url);
      await page.addScriptTag({ url: '/own-chat.js' });
      await page.getByRole('region', { name: 'Own chat' }).waitFor({ state: 'attached' });
    });
  },
  send: async ({ page }, use) => {
    await use((message) => page.evaluate((given) => (window as unknown as OwnPage).send(given), message));
  },
});

test('a logout in mid-answer leaves nothing of the conversation; the next message starts a new one', async ({ page, server, open, send }) => {
  await open();
  const turns = page.getByRole('region', { name: 'Own chat' }).locator('p');
  await send('quick secret');
  await expect(turns).toHaveText(['quick secret: Answer to quick secret.']);
  await send('Private story');
  server.say('more secret');
  await expect(turns.last()).toHaveText('Private story: more secret');
  await page.evaluate(() => (window as unknown as OwnPage).client.logout());
  await expect(turns).toHaveCount(0);
  server.finish();
  await send('quick one');
  await expect(turns).toHaveText(['quick one: Answer to quick one.']);
});

test('another session in the place of one that expired shows only what was said in it', async ({ page, server, open, send }) => {
  await open();
  const turns = page.getByRole('region', { name: 'Own chat' }).locator('p');
  await send('quick secret');
  await expect(turns).toHaveText(['quick secret: Answer to quick secret.']);
  await server.expireSessions();
  await send('quick one');
  await expect(turns).toHaveText(['quick one: Answer to quick one.']);
});

test('a refresh brings the turns back', async ({ page, open, send }) => {
  await open();
  const turns = page.getByRole('region', { name: 'Own chat' }).locator('p');
  await send('quick one');
  await expect(turns).toHaveText(['quick one: Answer to quick one.']);
  await open();
  await expect(turns).toHaveText(['quick one: Answer to quick one.']);
});
