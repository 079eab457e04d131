import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';
import { addRichConversation, chartCard, formCard, orderCard, structuredInputs, supplierList, tableCard } from './support/samples.js';

/** A theme, and which states tell something about it; all when absent. */
interface Look {
  theme?: string | Record<string, unknown>;
  states?: readonly string[];
}

interface Layout {
  options: Record<string, unknown>;
  viewport: { width: number; height: number };
  /** Taken on one after the other, in the same page. */
  looks: Record<string, Look>;
  states?: readonly string[];
}

const wide = { width: 900, height: 900 };
const coloured = (theme: Record<string, unknown>): Look => ({ theme, states: ['conversation', 'widgets', 'structured input'] });

// Width and direction change the layout, not the colours: some states tell about those. So they do for colours.
const layouts: Record<string, Layout> = {
  wide: {
    options: {},
    viewport: wide,
    looks: {
      light: {},
      dark: { theme: 'dark' },
      'yellow accent': coloured({ colorScheme: 'light', density: 'compact', radius: 'sharp', color: { accent: { primary: '#ffe600', level: 3 }, grayscale: { hue: 220, tint: 9, shade: -4 } } }),
      'dark blue accent': coloured({ colorScheme: 'dark', density: 'spacious', radius: 'soft', color: { accent: { primary: '#1d4ed8', level: 3 }, grayscale: { hue: 30, tint: 9, shade: 4 } } }),
      'own surface': coloured({ colorScheme: 'light', radius: 'round', color: { accent: { primary: 'rebeccapurple', level: 1 }, surface: { background: '#fdf6e3', foreground: '#586e75' } } }),
    },
  },
  phone: { options: {}, viewport: { width: 375, height: 780 }, looks: { light: {} }, states: ['conversation', 'widgets', 'history'] },
  'right to left': {
    options: { locale: 'ar' },
    viewport: wide,
    looks: { teal: { theme: { colorScheme: 'light', color: { accent: { primary: '#0f766e', level: 2 } } } } },
    states: ['start screen', 'conversation', 'widgets', 'history'],
  },
};

const features = {
  threadItemActions: { feedback: true, retry: true },
  composer: {
    attachments: { enabled: true },
    dictation: { enabled: true },
    tools: [
      { id: 'search', label: 'Search suppliers', icon: 'search' },
      { id: 'report', label: 'Write report', icon: 'document', pinned: true, shortLabel: 'Report' },
    ],
    models: [
      { id: 'fast', label: 'Fast', description: 'Quick answers' },
      { id: 'deep', label: 'Deep', description: 'Takes its time', default: true },
    ],
  },
  startScreen: {
    greeting: 'What came in today?',
    prompts: [
      { label: 'Show the inventory', prompt: 'Show the inventory', icon: 'cube' },
      { label: 'What runs out this week?', prompt: 'x', icon: 'calendar' },
      { label: 'Reorder A-1023', prompt: 'y', icon: 'reload' },
    ],
  },
  disclaimer: { text: 'Answers may be wrong. [Check what matters](https://example.com).' },
};

/** Brings the element into each state worth looking at. */
const states: Record<string, (chat: Chat, server: ProtocolServer, options: Record<string, unknown>) => Promise<void>> = {
  'start screen': async (chat, _server, options) => chat.open({ ...features, ...options, api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'two_phase' } } }),
  conversation: async (chat, server, options) => {
    const thread = addRichConversation(server.book);
    await chat.open({ ...features, ...options, api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'two_phase' } }, initialThread: thread.id });
    await expect(chat.log.getByRole('article').first()).toBeVisible();
  },
  widgets: async (chat, server, options) => {
    const thread = server.book.create({ title: 'Widgets' });
    for (const widget of [orderCard, formCard, supplierList, chartCard, tableCard]) server.book.add(thread, 'widget', { widget });
    await chat.open({ ...options, initialThread: thread.id });
    await expect(chat.log.getByRole('article').first()).toBeVisible();
  },
  'structured input': async (chat, server, options) => {
    const thread = server.book.create({ title: 'Questions' });
    server.book.addUser(thread, 'Order more hinges');
    server.book.add(thread, 'structured_input', { status: 'answered', inputs: structuredInputs.slice(0, 1).map((input) => ({ ...input, answer: { values: ['This week'], skipped: false } })) });
    server.book.add(thread, 'structured_input', { status: 'pending', inputs: structuredInputs });
    await chat.open({ ...options, initialThread: thread.id });
    await expect(chat.log.locator('form')).toBeVisible();
  },
  history: async (chat, server, options) => {
    for (const title of ['Restocking A-1023', 'Weekly stock report', 'A rather long title that has to be cut off somewhere before the date', 'Returns']) server.book.create({ title });
    await chat.open(options);
    await chat.call('showHistory');
    await chat.page.locator('.thread-entry').nth(1).locator('.icon-button').first().click();
  },
  errors: async (chat, server, options) => {
    server.respond = () => [
      { type: 'notice', level: 'warning', title: 'Prices are from yesterday', message: 'The supplier feed is **late**.' },
      { type: 'error', code: 'custom', message: 'The supplier service did not answer.', allow_retry: true },
    ];
    await chat.open(options);
    await chat.send('Order 1,200 hinges');
    await expect(chat.element.locator('.failure')).toBeVisible();
  },
  closed: async (chat, server, options) => {
    const thread = server.book.create({ title: 'Closed', status: { type: 'closed', reason: 'This order is complete.' } });
    server.book.addUser(thread, 'Thanks!');
    server.book.addAssistant(thread, 'You are welcome.');
    await chat.open({ ...options, initialThread: thread.id });
    await expect(chat.log.getByRole('article').first()).toBeVisible();
  },
};

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> } };
    const result = await axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'page-has-heading-one': { enabled: false } } });
    return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${JSON.stringify(node.target)} ${node.failureSummary}`));
  });
}

/** Makes the page as tall as the conversation: axe only judges the colours of what can be seen. */
async function showWhole(page: Page): Promise<void> {
  await expect(async () => {
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    const hidden = await page.evaluate(() => {
      const scroller = document.querySelector('openai-chatkit')?.shadowRoot?.querySelector('.scroller:not([hidden])');
      return scroller ? scroller.scrollHeight - scroller.clientHeight : 0;
    });
    if (hidden > 0) await page.setViewportSize({ width, height: height + hidden });
    expect(hidden).toBe(0);
  }).toPass();
}

const tells = (states: readonly string[] | undefined, state: string): boolean => !states || states.includes(state);

for (const [layout, { options, viewport, looks, states: chosen }] of Object.entries(layouts)) {
  test.describe(layout, () => {
    test.use({ viewport });
    for (const [state, prepare] of Object.entries(states).filter(([name]) => tells(chosen, name))) {
      test(`${state}: axe finds nothing`, async ({ chat, server, page }, info) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await prepare(chat, server, options);
        server.pages.set('/axe.js', { type: 'text/javascript', body: axe.source });
        await page.addScriptTag({ url: '/axe.js' });
        for (const [look, { theme }] of Object.entries(looks).filter(([, each]) => tells(each.states, state))) {
          await page.setViewportSize(viewport);
          if (theme !== undefined) await chat.setTheme(theme);
          await page.screenshot({ path: info.outputPath(`${state}-${layout}-${look}.png`.replaceAll(' ', '-')) });
          await showWhole(page);
          expect(await violations(page), look).toEqual([]);
        }
      });
    }
  });
}

for (const locale of ['en', 'ar']) {
  test(`the greeting stands above the middle of its prompts, in ${locale}`, async ({ chat }) => {
    await chat.open({ locale, startScreen: { greeting: 'Hi', prompts: [{ label: 'One', prompt: '1' }] } });
    const middle = async (selector: string): Promise<number> =>
      chat.element.locator(selector).evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const box = range.getBoundingClientRect();
        return box.left + box.width / 2;
      });
    expect(Math.abs((await middle('.greeting')) - (await middle('.prompt')))).toBeLessThan(2);
  });
}

test('the greeting goes by the width of the element, not of the page', async ({ chat, page }) => {
  await chat.open({ startScreen: { greeting: 'What came in today?' } });
  await page.setViewportSize({ width: 1600, height: 900 });
  const greeting = chat.element.locator('.greeting');
  const size = async (): Promise<number> => greeting.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  const large = await size();
  await chat.element.evaluate((element: HTMLElement) => element.style.setProperty('width', '400px'));
  await expect.poll(size).toBeLessThan(large - 4);
});
