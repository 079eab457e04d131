import { Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import { addRichConversation } from './support/samples.js';

const paragraph = 'A paragraph that is long enough to take a line or two on the screen, so that the answer grows.\n\n';

/** Distance of the newest user message from the top of the conversation, in pixels. */
async function messageTop(chat: Chat): Promise<number> {
  return chat.element.locator('.conversation').evaluate((scroller) => {
    const messages = scroller.querySelectorAll('.item.from-user');
    return (messages[messages.length - 1]?.getBoundingClientRect().top ?? 0) - scroller.getBoundingClientRect().top;
  });
}

async function fromEnd(chat: Chat): Promise<number> {
  return chat.element.locator('.conversation').evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
}

async function openLong(chat: Chat, options: Record<string, unknown> = {}): Promise<void> {
  const thread = chat.server.book.create({ title: 'Long' });
  for (let index = 0; index < 8; index += 1) {
    chat.server.book.addUser(thread, `Question ${index}`);
    chat.server.book.addAssistant(thread, paragraph.repeat(4));
  }
  await chat.open({ ...options, initialThread: thread.id });
  await expect(chat.log.getByText('Question 7')).toBeVisible();
}

test('a sent message moves to the top and stays there while the answer grows', async ({ chat, server, page }) => {
  const middle = new Gate();
  const end = new Gate();
  server.respond = async function* (reply) {
    const events = [...streamText(reply, paragraph.repeat(30), 200)];
    yield* events.slice(0, 6);
    await middle.passed;
    yield* events.slice(6);
    await end.passed;
  };
  await openLong(chat);
  await chat.send('The newest question');
  await expect(chat.log.getByRole('article').last()).toContainText('A paragraph');
  const top = await messageTop(chat);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(40);
  middle.open();
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  expect(Math.abs((await messageTop(chat)) - top)).toBeLessThan(2);
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect.poll(() => fromEnd(chat)).toBeLessThan(5);
  end.open();
  await chat.idle();
});

test('with autoScroll the end is followed, until the reader scrolls away', async ({ chat, server, page }) => {
  const gates = [new Gate(), new Gate()];
  server.respond = async function* (reply) {
    const events = [...streamText(reply, paragraph.repeat(60), 200)];
    yield* events.slice(0, 14);
    await gates[0]?.passed;
    yield* events.slice(14);
    await gates[1]?.passed;
  };
  await openLong(chat, { thread: { autoScroll: true } });
  await chat.send('Follow me');
  await expect.poll(() => chat.log.getByRole('article').last().locator('p').count()).toBeGreaterThan(15);
  expect(await fromEnd(chat)).toBeLessThan(5);
  await chat.element.locator('.conversation').hover();
  await page.mouse.wheel(0, -400);
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  const before = await messageTop(chat);
  gates[0]?.open();
  await expect.poll(() => chat.log.getByRole('article').last().locator('p').count()).toBeGreaterThan(55);
  expect(Math.abs((await messageTop(chat)) - before)).toBeLessThan(2);
  gates[1]?.open();
  await chat.idle();
});

test('on a phone, a thread with tables, images and code opens at its end and stays there', async ({ chat, server, page }) => {
  await page.setViewportSize({ width: 375, height: 780 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const thread = addRichConversation(server.book);
  await chat.open();
  await chat.setOptions({ threadItemActions: { feedback: true, retry: true }, disclaimer: { text: 'Answers may be wrong.' } });
  await chat.call('setThreadId', thread.id);
  await expect.poll(() => fromEnd(chat)).toBeLessThan(5);
  // Whatever loads late has been laid out by then.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
  });
  expect(await fromEnd(chat)).toBeLessThan(5);
});

test('changing options while an answer arrives leaves the thread alone', async ({ chat, server }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    const events = [...streamText(reply, 'All of the answer')];
    yield* events.slice(0, 3);
    await gate.passed;
    yield* events.slice(3);
  };
  await chat.open({ initialThread: null });
  await chat.send('Hi');
  await expect(chat.log).toContainText('All of the');
  const threadId = (await chat.events()).find((event) => event.name === 'thread.change')?.detail?.['threadId'];
  await chat.setOptions({ initialThread: threadId, theme: 'dark' });
  gate.open();
  await expect(chat.log).toContainText('All of the answer');
  await chat.idle();
  expect(server.requests.map((request) => request.type)).toEqual(['threads.create']);
});
