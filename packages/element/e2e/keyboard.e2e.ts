import type { Page } from '@playwright/test';
import { done, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';

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

test('a whole conversation by keyboard alone', async ({ chat, server, page }) => {
  server.respond = (reply) =>
    reply.request.type === 'threads.create'
      ? [...streamText(reply, 'Pick one, see [terms](https://example.com).'), done(reply, 'structured_input', { status: 'pending', inputs: [{ type: 'multiple_choice', id: 'q', question: 'Which?', options: [{ value: 'A' }, { value: 'B' }] }] })]
      : streamText(reply, `Answer to ${reply.request.type}`);
  await chat.open({
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
  await expect(chat.log).toContainText('Answer to threads.add_structured_input');
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
  await expect(chat.log).toContainText('Answer to threads.add_user_message');
  await chat.idle();
  expect(server.requestsOf('threads.add_user_message')[0]?.params['input']).toMatchObject({ inference_options: { model: 'b' } });
  await tabTo(page, /^Try again$/, true);
  await page.keyboard.press('Enter');
  await expect.poll(() => server.requestsOf('threads.retry_after_item').length).toBe(1);
  await chat.idle();
  await tabTo(page, /^Chat history$/);
  await page.keyboard.press('Enter');
  await expect(chat.element.locator('.history')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chat.element.locator('.history')).toHaveCount(0);
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
