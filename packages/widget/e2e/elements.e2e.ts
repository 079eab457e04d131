import type { Page } from '@playwright/test';
import type * as WidgetModule from '../src/index.js';
import type { ChatKitClient } from '../src/index.js';
import { expect, test } from './support/fixtures.js';

const answerQuickly = async (page: Page): Promise<void> => {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('quick question');
  await composer.press('Enter');
  await expect(page.getByRole('log').getByRole('article', { name: 'Assistant' })).toContainText('Answer to quick question.');
};

test('the self-hosted element, by choice', async ({ shop }) => {
  await shop.open('/', { renderer: 'self-hosted', selfHostedUrl: '/self-hosted.js', greeting: 'What came in today?' });
  await expect(shop.page.getByText('What came in today?')).toBeVisible();
  await answerQuickly(shop.page);
});

test('the self-hosted element, where the official script is blocked', async ({ shop }) => {
  await shop.open('/', { scriptUrl: '/nothing-here.js', selfHostedUrl: '/self-hosted.js' });
  await answerQuickly(shop.page);
  expect(await shop.problems()).toEqual([]);
});

test('the self-hosted element, where the official one never becomes ready', async ({ shop }) => {
  await shop.open('/?silent', { selfHostedUrl: '/self-hosted.js' });
  await answerQuickly(shop.page);
  expect(shop.said.join('\n')).toContain('the self-hosted one takes its place');
});

test('a refresh in the middle of an answer: the self-hosted element shows the text so far at once, goes on, and can stop it', async ({ shop, server }) => {
  const { page } = shop;
  const log = page.getByRole('log');
  await shop.open('/', { renderer: 'self-hosted', selfHostedUrl: '/self-hosted.js' });
  await shop.send('Long story');
  server.say('Once upon a time ');
  await expect(log).toContainText('Once upon a time');
  await shop.reload();
  await expect(log).toContainText('Once upon a time');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  server.say('there was sugar');
  await expect(log).toContainText('Once upon a time there was sugar');
  await expect(log.getByRole('article', { name: 'You' })).toHaveCount(1);
  await expect(log.getByRole('article', { name: 'Assistant' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect.poll(() => server.turns[0]?.aborted).toBe(true);
  await expect(log).toHaveAttribute('aria-busy', 'false');
  await shop.send('quick question');
  await expect(log).toContainText('Answer to quick question.');
  expect(await shop.problems()).toEqual([]);
});

test('the self-hosted element, on a public host without a domain key', async ({ shop, pages }) => {
  await shop.open('/', { selfHostedUrl: '/self-hosted.js' }, { origin: `http://shop.example:${String(pages.port)}` });
  await answerQuickly(shop.page);
});

test('the self-hosted element, where the official one refuses its options', async ({ shop }) => {
  await shop.page.addInitScript(() => {
    const define = customElements.define.bind(customElements);
    customElements.define = (name, constructor) => {
      if (name === 'openai-chatkit') {
        Object.assign(constructor.prototype, {
          setOptions: () => {
            throw new Error('Invalid input at theme');
          },
        });
      }
      define(name, constructor);
    };
  });
  await shop.open('/', { selfHostedUrl: '/self-hosted.js' });
  await answerQuickly(shop.page);
  expect(await shop.problems()).toEqual([]);
  expect(shop.said.join('\n')).toContain('the self-hosted one takes its place. Invalid input at theme');
});

test('callbacks of the page that throw do not end the chat', async ({ shop }) => {
  const thrown: string[] = [];
  await shop.open();
  // The fixture fails on uncaught errors; these are the page's own, and have to be seen.
  shop.page.removeAllListeners('pageerror');
  shop.page.on('pageerror', (error) => thrown.push(error.message));
  await shop.page.evaluate(async () => {
    const { client } = window as unknown as { client: ChatKitClient };
    const { mountChatKit } = (await import(`${location.origin}/widget.js`)) as typeof WidgetModule;
    const fail = (): never => {
      throw new Error('from the page');
    };
    await mountChatKit('#chat', { client, scriptUrl: '/official.js', on: { ready: fail } }).ready;
    await mountChatKit('#chat', { client, renderer: 'self-hosted', selfHostedUrl: '/nothing-here.js', on: { error: fail } }).ready.catch(() => undefined);
  });
  await expect(shop.page.getByRole('alert')).toHaveText(/nothing-here\.js/);
  await expect.poll(() => thrown).toEqual(['from the page', 'from the page']);
});

test('options copied from elsewhere do what they were meant to, with one warning that names them', async ({ shop }) => {
  const copied = {
    theme: { accentColor: '#0f766e', colorScheme: 'dark' },
    header: { title: 'Inventory', showTitle: true, icons: ['close'] },
    startScreen: { greeting: 'Hello', prompts: [{ text: 'Show inventory', icon: 'cube' }] },
    composer: { placeholder: 'Ask', allowAttachments: true },
    disclaimer: { text: 'May be wrong.', position: 'bottom' },
  };
  await shop.page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => document.querySelector<HTMLElement>('#chat')?.style.setProperty('--ck-font-family', 'Inter')));
  await shop.open('/', copied);
  const options = await shop.evaluate((here) => JSON.parse(JSON.stringify(here.chat.element.options)) as Record<string, unknown>);
  expect(options).toMatchObject({
    theme: { colorScheme: 'dark', color: { accent: { primary: '#0f766e', level: 1 } }, typography: { fontFamily: 'Inter' } },
    header: { title: { text: 'Inventory', enabled: true } },
    startScreen: { greeting: 'Hello', prompts: [{ label: 'Show inventory', prompt: 'Show inventory', icon: 'cube' }] },
    composer: { placeholder: 'Ask', attachments: { enabled: true } },
    disclaimer: { text: 'May be wrong.' },
    api: { uploadStrategy: { type: 'two_phase' } },
  });
  expect(JSON.stringify(options)).not.toMatch(/accentColor|showTitle|icons|allowAttachments|position|"text":"Show/);
  const warnings = shop.said.filter((line) => line.includes('do not exist in ChatKit'));
  expect(warnings).toHaveLength(1);
  for (const name of ['theme.accentColor', 'header.title', 'header.showTitle', 'header.icons', 'composer.allowAttachments', 'startScreen.prompts[].text', 'disclaimer.position']) expect(warnings[0]).toContain(name);
  expect(shop.said.some((line) => line.includes('--ck-font-family'))).toBe(true);
});

test('events that do not exist are heard as the ones that were meant', async ({ shop }) => {
  await shop.open();
  await shop.page.evaluate(() => {
    const here = window as unknown as { heard: string[]; chat: { element: HTMLElement } };
    here.heard = [];
    for (const name of ['message', 'message-end', 'error']) here.chat.element.addEventListener(name, ({ type }) => here.heard.push(type));
  });
  await shop.send('quick question');
  await shop.idle();
  await expect.poll(() => shop.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['chatkit.response.end', 'chatkit.response.end']);
  expect(shop.said.filter((line) => line.includes('has no event'))).toHaveLength(3);
});

test('a floating chat: a button opens it, Escape closes it, a phone shows it in full', async ({ shop }) => {
  await shop.open('/', { placement: 'floating', title: 'Inventory' });
  const panel = shop.page.getByRole('dialog', { name: 'Inventory' });
  await expect(panel).toBeHidden();
  // Drawn: an emoji is an empty box where no font has it.
  await expect(shop.page.getByRole('button', { name: 'Open Inventory' })).toHaveText('');
  await shop.expectInSight(shop.page.getByRole('button', { name: 'Open Inventory' }).locator('svg'));
  await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
  await expect(panel).toBeVisible();
  expect(await panel.boundingBox()).toEqual({ x: 580, y: 180, width: 400, height: 600 });
  expect(await panel.evaluate((element) => getComputedStyle(element).zIndex)).toBe('1000');
  await expect(shop.page.locator('openai-chatkit[data-focused]')).toBeAttached();
  await shop.page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(shop.page.getByRole('button', { name: 'Open Inventory' })).toBeFocused();
  await shop.page.setViewportSize({ width: 390, height: 700 });
  await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
  expect(await shop.problems()).toEqual([]);
});

test('callbacks stay fresh without setting the options again; what is seen is set at once', async ({ shop }) => {
  await shop.open('/', { greeting: 'Hello' });
  const seen = await shop.page.evaluate(() => {
    const { chat } = window as unknown as { chat: { element: { options: { startScreen: { greeting: string }; onClientTool: (call: object) => Promise<unknown> } }; update: (config: object) => void } };
    chat.update({ clientTools: { read: () => ({ version: 1 }) } });
    const before = chat.element.options;
    chat.update({ clientTools: { read: () => ({ version: 2 }) } });
    const same = chat.element.options === before;
    const result = before.onClientTool({ name: 'read', params: {} });
    chat.update({ greeting: 'Welcome back' });
    return Promise.resolve(result).then((value) => ({ same, value, greeting: chat.element.options.startScreen.greeting }));
  });
  expect(seen).toEqual({ same: true, value: { version: 2 }, greeting: 'Welcome back' });
});
