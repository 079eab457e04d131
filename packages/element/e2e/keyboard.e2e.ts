import { createChatKit } from '@chatkit-selfhost/core';
import type { Turn } from '@chatkit-selfhost/core';
import type { Page } from '@playwright/test';
import { streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import { withRealServer } from './support/real-server.js';

/** Presses Tab until the element with this accessible name has the focus. */
async function tabTo(page: Page, name: RegExp, backwards = false): Promise<void> {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
  for (let presses = 0; presses < 40; presses += 1) {
    if (name.test(await focused())) return;
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Tab never reached ${String(name)}; last was "${await focused()}"`);
}

test('a whole conversation by keyboard alone, against the real server', async ({ chat, page }) => {
  const respond = async function* (turn: Turn): AsyncIterable<string> {
    if (turn.userText === 'Begin') {
      yield 'Pick one, see [terms](https://example.com).';
      await turn.askUser([{ type: 'multiple_choice', id: 'q', question: 'Which?', options: [{ value: 'A' }, { value: 'B' }], multiple: false }]);
    } else if (turn.trigger.type === 'retry') yield `Another answer to ${turn.userText}.`;
    else yield `Answer to ${turn.userText || turn.trigger.type} with ${turn.message?.inference_options.model ?? 'no model'}.`;
  };
  await withRealServer(chat, (base) => createChatKit({ ...base, respond }), async (api) => {
    await chat.open({
      api,
      threadItemActions: { feedback: true, retry: true },
      startScreen: { prompts: [{ label: 'Begin', prompt: 'Begin' }] },
      composer: { models: [{ id: 'a', label: 'Alpha' }, { id: 'b', label: 'Beta' }] },
    });
    await tabTo(page, /^Begin$/);
    await page.keyboard.press('Enter');
    await expect(chat.log.getByRole('group', { name: 'Which?' })).toBeVisible();
    await chat.idle();
    await tabTo(page, /^Chat history$/);
    await tabTo(page, /^terms$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(page.getByRole('radio', { name: 'A' })).toBeChecked();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'B' })).toBeChecked();
    await tabTo(page, /^Submit$/);
    await page.keyboard.press('Enter');
    await expect(chat.log).toContainText('Answer to structured_input');
    await chat.idle();
    await tabTo(page, /^Good response$/);
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Good response' })).toHaveAttribute('aria-pressed', 'true');
    await tabTo(page, /^Message$/);
    await tabTo(page, /^Choose model/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: 'Alpha' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Message$/, true);
    await page.keyboard.type('Second question');
    await page.keyboard.press('Enter');
    await expect(chat.log).toContainText('Answer to Second question with b');
    await chat.idle();
    await tabTo(page, /^Try again$/, true);
    await page.keyboard.press('Enter');
    await expect(chat.log).toContainText('Another answer to Second question');
    await chat.idle();
    await tabTo(page, /^Chat history$/);
    await page.keyboard.press('Enter');
    await expect(chat.element.locator('.history')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(chat.element.locator('.history')).toHaveCount(0);
  });
});

test('at 200 percent zoom everything is reachable without sideways scrolling', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: 'Zoomed' });
  server.book.addUser(thread, 'A question');
  server.book.addAssistant(thread, '| A | B | C |\n|---|---|---|\n| a long cell | another long cell | a third long cell |\n\n```\nconst long = "a line of code that is far wider than the window it is shown in, by a lot";\n```');
  await page.setViewportSize({ width: 450, height: 380 });
  await chat.open({ initialThread: thread.id });
  await expect(chat.log).toContainText('A question');
  const overflow = await page.evaluate(() => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    const scroller = root?.querySelector('.conversation');
    return { page: document.documentElement.scrollWidth - innerWidth, thread: (scroller?.scrollWidth ?? 0) - (scroller?.clientWidth ?? 0) };
  });
  expect(overflow).toEqual({ page: 0, thread: 0 });
  await expect(page.getByRole('button', { name: 'Send message' })).toBeInViewport();
});

test('reduced motion stops every animation', async ({ chat, server, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  server.respond = (reply) => streamText(reply, 'Calm.');
  await chat.open();
  await chat.send('Hi');
  await chat.idle();
  const moving = await page.evaluate(() => document.querySelector('openai-chatkit')?.shadowRoot?.getAnimations().length);
  expect(moving).toBe(0);
});
