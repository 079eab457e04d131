import { expect, test } from './support/fixtures.js';
import { richMarkdown } from './support/samples.js';

interface Frames {
  longest: number;
  over50: number;
  count: number;
}

/** Watches the gaps between animation frames until `stop` is called on the page. */
const watchFrames = `
  window.watchFrames = () => {
    const gaps = [];
    let last = performance.now();
    let going = true;
    const next = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(next); };
    requestAnimationFrame(next);
    return () => { going = false; return { longest: Math.max(...gaps), over50: gaps.filter((gap) => gap > 50).length, count: gaps.length }; };
  };
`;

test('a thread of 2,000 messages opens at its end at once and scrolls', async ({ chat, server, page }, info) => {
  const thread = server.book.create({ title: 'Long' });
  for (let index = 0; index < 1000; index += 1) {
    server.book.addUser(thread, `Question ${index}`);
    server.book.addAssistant(thread, `Answer ${index}\n\n${index % 10 === 0 ? richMarkdown : 'A **short** paragraph with `code` and a [link](https://example.com).'}`);
  }
  server.pages.set('/frames.js', { type: 'text/javascript', body: watchFrames });
  await chat.open();
  await page.addScriptTag({ url: `${server.origin}/frames.js` });
  const opened = await page.evaluate(async (id) => {
    const begin = performance.now();
    const element = document.querySelector('openai-chatkit') as unknown as { setThreadId: (id: string) => Promise<void>; shadowRoot: ShadowRoot };
    await element.setThreadId(id);
    return { milliseconds: performance.now() - begin, items: element.shadowRoot.querySelectorAll('.item').length };
  }, thread.id);
  await expect(chat.log.getByText('Answer 999')).toBeInViewport();
  expect(server.requests.length).toBe(2);
  expect(opened.milliseconds).toBeLessThan(1500);

  const frames = await page.evaluate(async () => {
    const scroller = document.querySelector('openai-chatkit')?.shadowRoot?.querySelector<HTMLElement>('.conversation');
    if (!scroller) throw new Error('no scroller');
    const stop = (window as unknown as { watchFrames: () => () => Frames }).watchFrames();
    for (let step = 0; step < 120; step += 1) {
      scroller.scrollTop -= 400;
      await new Promise(requestAnimationFrame);
    }
    return stop();
  });
  const loaded = await chat.element.locator('.item').count();
  info.annotations.push({ type: 'figures', description: JSON.stringify({ opened, scrolling: frames, loaded }) });
  expect(loaded).toBeGreaterThan(100);
  expect(frames.over50 / frames.count).toBeLessThan(0.25);
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
  const text = `${richMarkdown}\n\n`.repeat(8);
  server.respond = async function* (reply) {
    const item = reply.item('assistant_message', { content: [] });
    yield { type: 'thread.item.added', item };
    const begin = Date.now();
    for (let index = 0, sent = 0; index < text.length; index += 5, sent += 1) {
      yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text.slice(index, index + 5) } };
      const due = begin + (sent * 1000) / 300;
      if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    }
    yield { type: 'thread.item.done', item: { ...item, content: [{ type: 'output_text', text, annotations: [] }] } };
  };
  server.pages.set('/frames.js', { type: 'text/javascript', body: watchFrames });
  await chat.open({ thread: { autoScroll: true } });
  await page.addScriptTag({ url: `${server.origin}/frames.js` });
  await page.evaluate(() => Object.assign(window, { stopFrames: (window as unknown as { watchFrames: () => () => Frames }).watchFrames() }));
  await chat.send('Go');
  await expect(chat.log).toHaveAttribute('aria-busy', 'true');
  await expect(chat.log).toHaveAttribute('aria-busy', 'false');
  const frames = await page.evaluate(() => (window as unknown as { stopFrames: () => Frames }).stopFrames());
  info.annotations.push({ type: 'figures', description: JSON.stringify(frames) });
  expect(frames.over50 / frames.count).toBeLessThan(0.15);
  const atEnd = await chat.element.locator('.conversation').evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
  expect(atEnd).toBeLessThan(5);
});
