import { expect, test } from './support/fixtures.js';

test('the theme sets scheme, radius, density, colours and fonts', async ({ chat, server }) => {
  const thread = server.book.create({ title: 'Themed' });
  server.book.addUser(thread, 'Hello');
  server.book.addAssistant(thread, 'Some `code`.');
  const root = chat.element.locator('.root');
  const code = chat.log.locator('code');
  const variable = async (name: string): Promise<string> => root.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
  await chat.open({
    initialThread: thread.id,
    theme: {
      colorScheme: 'dark',
      radius: 'sharp',
      density: 'compact',
      color: { accent: { primary: 'tomato', level: 2 }, surface: { background: 'black', foreground: 'white' } },
      typography: { baseSize: 14, fontFamily: 'Page Font', fontFamilyMono: 'Page Mono' },
    },
  });
  await expect(code).toHaveText('code');
  for (const [property, value] of Object.entries({ 'color-scheme': 'dark', 'background-color': 'rgb(0, 0, 0)', color: 'rgb(255, 255, 255)', 'font-size': '14px' })) await expect(root).toHaveCSS(property, value);
  await expect(root).toHaveCSS('font-family', /^"?Page Font"?/);
  await expect(code).toHaveCSS('font-family', /^"?Page Mono"?/);
  await expect(chat.log.locator('.bubble')).toHaveCSS('border-top-left-radius', '2px');
  await expect(chat.element.locator('.send')).toHaveCSS('border-top-left-radius', '2px');
  const compact = await chat.element.locator('.column.thread').evaluate((element) => Number.parseFloat(getComputedStyle(element).paddingLeft));
  const plain = await variable('--link');
  expect(plain).toMatch(/^rgb/);

  await chat.setOptions({ theme: { colorScheme: 'light', radius: 'pill', density: 'spacious', color: { grayscale: { hue: 220, tint: 9, shade: 2 } } } });
  await expect(root).toHaveCSS('color-scheme', 'light');
  await expect(chat.log.locator('.bubble')).toHaveCSS('border-top-left-radius', '22px');
  const spacious = await chat.element.locator('.column.thread').evaluate((element) => Number.parseFloat(getComputedStyle(element).paddingLeft));
  expect(spacious).toBeGreaterThan(compact * 1.5);
  expect(await variable('--bg')).toBe('oklch(0.979 0.0315 241)');

  await chat.setOptions({ theme: 'dark' });
  await expect(root).toHaveCSS('color-scheme', 'dark');
});

test('the header goes without its title, and the disclaimer may stand out', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: 'A title' });
  server.book.addUser(thread, 'Hello');
  await chat.open({ initialThread: thread.id, header: { title: { enabled: false, text: 'Never shown' } }, disclaimer: { text: 'Check it.', highContrast: true } });
  await expect(chat.log).toContainText('Hello');
  await expect(page.getByRole('button', { name: 'Chat history' })).toBeVisible();
  await expect(page.getByRole('heading')).toHaveCount(0);
  const color = async (selector: string): Promise<string> => chat.element.locator(selector).evaluate((element) => getComputedStyle(element).color);
  expect(await color('.disclaimer')).toBe(await color('.root'));
  await chat.setOptions({ disclaimer: { text: 'Check it.' } });
  await expect(chat.element.locator('.disclaimer')).not.toHaveClass(/high-contrast/);
  expect(await color('.disclaimer')).not.toBe(await color('.root'));
  await expect(page.getByRole('heading', { name: 'A title' })).toBeVisible();
});

test('fonts of the theme are loaded as they are described', async ({ chat, server, page }) => {
  server.pages.set('/font.woff2', { type: 'font/woff2', body: Buffer.from('not really a font') });
  await chat.open({ theme: { typography: { fontSources: [{ family: 'Page Font', src: '/font.woff2', weight: '700', style: 'italic', display: 'optional', unicodeRange: 'U+0-7F' }] } } });
  const faces = await page.evaluate(() => [...document.fonts].map(({ family, weight, style, display, unicodeRange }) => ({ family: family.replaceAll('"', ''), weight, style, display, unicodeRange })));
  expect(faces).toEqual([{ family: 'Page Font', weight: '700', style: 'italic', display: 'optional', unicodeRange: 'U+0-7F' }]);
});

test('a prompt of the start screen sends its text, or its content with tags', async ({ chat, server, page }) => {
  const tag = { type: 'input_tag', id: 'sku-1', text: 'A-1023', group: 'Products', data: { page: '3' }, interactive: false };
  await chat.open({
    startScreen: {
      greeting: 'What came in?',
      prompts: [
        { label: 'Everything', prompt: 'Show everything', icon: 'cube' },
        { label: 'One product', prompt: [{ type: 'input_text', text: 'Show ' }, tag] },
      ],
    },
  });
  await expect(page.getByRole('heading', { name: 'What came in?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Everything' }).locator('.icon')).toBeVisible();
  await page.getByRole('button', { name: 'Everything' }).click();
  await chat.idle();
  await chat.call('setThreadId', null);
  await page.getByRole('button', { name: 'One product' }).click();
  await expect.poll(() => server.requestsOf('threads.create').map((request) => (request.params['input'] as { content: unknown }).content)).toEqual([[{ type: 'input_text', text: 'Show everything' }], [{ type: 'input_text', text: 'Show ' }, tag]]);
});
