import axe from 'axe-core';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';
import { addRichConversation, chartCard, formCard, orderCard, structuredInputs, supplierList, tableCard } from './support/samples.js';

const looks: Record<string, { options: Record<string, unknown>; viewport: { width: number; height: number } }> = {
  light: { options: {}, viewport: { width: 900, height: 900 } },
  dark: { options: { theme: 'dark' }, viewport: { width: 900, height: 900 } },
  phone: { options: {}, viewport: { width: 375, height: 780 } },
  'right to left': { options: { locale: 'ar', theme: { colorScheme: 'light', color: { accent: { primary: '#0f766e', level: 2 } } } }, viewport: { width: 900, height: 900 } },
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

const viewportOrDirection = new Set(['phone', 'right to left']);
const layoutStates = new Set(['conversation', 'widgets', 'history']);

for (const [look, { options, viewport }] of Object.entries(looks)) {
  test.describe(look, () => {
    test.use({ viewport });
    for (const [state, prepare] of Object.entries(states)) {
      // Width and direction change the layout, not the colours: three states tell about those.
      if (viewportOrDirection.has(look) && !layoutStates.has(state)) continue;
      test(`${state}: axe finds nothing`, async ({ chat, server, page }, info) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await prepare(chat, server, options);
        await page.screenshot({ path: info.outputPath(`${state} ${look}.png`.replaceAll(' ', '-')) });
        await page.evaluate(axe.source);
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> } };
          const result = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'page-has-heading-one': { enabled: false } } });
          return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${JSON.stringify(node.target)} ${node.failureSummary}`));
        });
        expect(violations).toEqual([]);
      });
    }
  });
}
