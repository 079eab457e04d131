import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer, Responder } from './support/protocol-server.js';
import { richMarkdown } from './support/samples.js';
import type { StoredThread } from './support/thread-book.js';

interface Frames {
  /** The middle one of the gaps between two frames, in milliseconds. */
  median: number;
  longest: number;
  /** The part of the frames that came more than 50 ms after the one before. */
  late: number;
}

interface FramesWindow {
  watchFrames: () => () => Frames;
  stopFrames: () => Frames;
}

/** Watches the gaps between animation frames until `stop` is called on the page. */
const watchFrames = `
  window.watchFrames = () => {
    const gaps = [];
    let last = performance.now();
    let going = true;
    const next = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(next); };
    requestAnimationFrame(next);
    return () => {
      going = false;
      gaps.sort((a, b) => a - b);
      return { median: gaps[gaps.length >> 1], longest: gaps.at(-1), late: gaps.filter((gap) => gap > 50).length / gaps.length };
    };
  };
`;

async function prepareFrames(page: Page, server: ProtocolServer): Promise<void> {
  server.pages.set('/frames.js', { type: 'text/javascript', body: watchFrames });
  await page.addScriptTag({ url: `${server.origin}/frames.js` });
}

/** The frames of the page at rest: what this machine misses by itself, the element is not to blame for. */
async function idleFrames(page: Page): Promise<Frames> {
  return page.evaluate(async () => {
    const stop = (window as unknown as FramesWindow).watchFrames();
    for (let frame = 0; frame < 45; frame += 1) await new Promise(requestAnimationFrame);
    return stop();
  });
}

/** An answer of 300 deltas a second. Half of it is there at once: the longer an answer is, the harder it is to keep up. */
function streamed(text: string): Responder {
  return async function* (reply) {
    const item = reply.item('assistant_message', { content: [] });
    yield { type: 'thread.item.added', item };
    const begin = Date.now();
    const half = text.length >> 1;
    for (let index = 0, end = half, sent = 0; index < text.length; index = end, end += 5, sent += 1) {
      yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text.slice(index, end) } };
      const due = begin + (sent * 1000) / 300;
      if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    }
    yield { type: 'thread.item.done', item: { ...item, content: [{ type: 'output_text', text, annotations: [] }] } };
  };
}

/** The frames while an answer arrives. */
async function framesOfAnswer(chat: Chat): Promise<Frames> {
  await chat.page.evaluate(() => Object.assign(window, { stopFrames: (window as unknown as FramesWindow).watchFrames() }));
  await chat.send('Go');
  await expect.poll(() => chat.eventNames(), { timeout: 60_000 }).toContain('response.end');
  return chat.page.evaluate(() => (window as unknown as FramesWindow).stopFrames());
}

/** The middle gap between frames that a page may have that does little: some times what it has at rest, before or after. */
function mostly(times: number, ...idle: Frames[]): number {
  return times * Math.max(1000 / 60, ...idle.map(({ median }) => median));
}

function addLongConversation(server: ProtocolServer): StoredThread {
  const thread = server.book.create({ title: 'Long' });
  for (let index = 0; index < 1000; index += 1) {
    server.book.addUser(thread, `Question ${index}`);
    server.book.addAssistant(thread, `Answer ${index}\n\n${index % 10 === 0 ? richMarkdown : 'A **short** paragraph with `code` and a [link](https://example.com).'}`);
  }
  return thread;
}

async function fromEnd(chat: Chat): Promise<number> {
  return chat.element.locator('.conversation').evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
}

test('a thread of 2,000 messages opens at its end at once and scrolls', async ({ chat, server, page }, info) => {
  const thread = addLongConversation(server);
  await chat.open();
  await prepareFrames(page, server);
  const idle = await idleFrames(page);
  const opened = await page.evaluate(async (id) => {
    const begin = performance.now();
    const element = document.querySelector('openai-chatkit') as unknown as { setThreadId: (id: string) => Promise<void>; shadowRoot: ShadowRoot };
    await element.setThreadId(id);
    return { milliseconds: performance.now() - begin, items: element.shadowRoot.querySelectorAll('.item').length };
  }, thread.id);
  await expect(chat.log.getByText('Answer 999')).toBeInViewport();
  expect(server.requests.length).toBe(2);
  expect(opened.milliseconds).toBeLessThan(mostly(90, idle, await idleFrames(page)));

  const frames = await page.evaluate(async () => {
    const scroller = document.querySelector('openai-chatkit')?.shadowRoot?.querySelector<HTMLElement>('.conversation');
    if (!scroller) throw new Error('no scroller');
    const stop = (window as unknown as FramesWindow).watchFrames();
    for (let step = 0; step < 120; step += 1) {
      scroller.scrollTop -= 400;
      await new Promise(requestAnimationFrame);
    }
    return stop();
  });
  const loaded = await chat.element.locator('.item').count();
  info.annotations.push({ type: 'figures', description: JSON.stringify({ opened, idle, scrolling: frames, loaded }) });
  expect(loaded).toBeGreaterThan(100);
  expect(frames.median).toBeLessThan(mostly(3, idle, await idleFrames(page)));
});

test('older messages come in above without moving what is being read', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: 'Long' });
  for (let index = 0; index < 150; index += 1) server.book.addUser(thread, `Message ${index}`);
  await chat.open({ initialThread: thread.id });
  await expect(chat.log.getByText('Message 149')).toBeInViewport();
  const moved = await page.evaluate(async () => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    const scroller = root?.querySelector<HTMLElement>('.conversation');
    if (!root || !scroller) throw new Error('no scroller');
    scroller.scrollTop = 700;
    await new Promise(requestAnimationFrame);
    const read = [...root.querySelectorAll<HTMLElement>('.item')].find((item) => item.getBoundingClientRect().top > 100);
    const before = read?.getBoundingClientRect().top ?? 0;
    const count = root.querySelectorAll('.item').length;
    while (root.querySelectorAll('.item').length === count) await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return Math.abs((read?.getBoundingClientRect().top ?? 0) - before);
  });
  expect(moved).toBeLessThan(2);
});

test('an answer of 300 deltas a second keeps the page fluent', async ({ chat, server, page }, info) => {
  server.respond = streamed(`${richMarkdown}\n\n`.repeat(8));
  await chat.open({ thread: { autoScroll: true } });
  await prepareFrames(page, server);
  const idle = await idleFrames(page);
  const frames = await framesOfAnswer(chat);
  info.annotations.push({ type: 'figures', description: JSON.stringify({ idle, frames }) });
  expect(frames.median).toBeLessThan(mostly(3, idle, await idleFrames(page)));
  expect(await fromEnd(chat)).toBeLessThan(5);
});

test('one long list keeps the page fluent as it grows', async ({ chat, server, page }, info) => {
  const list = Array.from({ length: 120 }, (_, index) => `- item **${index}** with some words, a [link](https://example.com/${index}) and \`code\``).join('\n');
  server.respond = streamed(list);
  await chat.open({ thread: { autoScroll: true } });
  await prepareFrames(page, server);
  const idle = await idleFrames(page);
  const frames = await framesOfAnswer(chat);
  info.annotations.push({ type: 'figures', description: JSON.stringify({ idle, frames }) });
  expect(frames.median).toBeLessThan(mostly(3, idle, await idleFrames(page)));
  await expect(chat.log.locator('li')).toHaveCount(120);
  await expect(chat.log.locator('li').last()).toHaveText('item 119 with some words, a link and code');
});

test('an answer of 300 deltas a second keeps the page fluent below 2,000 messages, too', async ({ chat, server, page }, info) => {
  const thread = addLongConversation(server);
  server.respond = streamed(`${richMarkdown}\n\n`.repeat(4));
  server.pages.set('/all.json', { type: 'application/json', body: JSON.stringify(server.book.wire(thread, thread.items)) });
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `document.querySelector('openai-chatkit').setOptions({ thread: { autoScroll: true }, api: { url: '/chatkit', domainKey: 'x', fetch: (url, init) => init.body.includes('get_by_id') ? fetch('/all.json') : fetch(url, init) } });`,
  });
  await chat.open();
  await prepareFrames(page, server);
  const idle = await idleFrames(page);
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await chat.call('setThreadId', thread.id);
  await expect(chat.element.locator('.item')).toHaveCount(2000);
  await expect(chat.element.locator('.chunk.old')).not.toHaveCount(0);
  const frames = await framesOfAnswer(chat);
  info.annotations.push({ type: 'figures', description: JSON.stringify({ idle, frames }) });
  expect(frames.median).toBeLessThan(mostly(4, idle, await idleFrames(page)));
  expect(await fromEnd(chat)).toBeLessThan(5);
});
