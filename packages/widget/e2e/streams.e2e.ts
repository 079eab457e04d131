import type * as WidgetModule from '../src/index.js';
import { expect, test } from './support/fixtures.js';

test('an answer streams in through the helper’s fetch, framed as the element expects it', async ({ shop, server }) => {
  await shop.open();
  await shop.send('How much sugar?');
  server.say('Ten ', 'kilos');
  await expect(shop.answer()).toHaveText('Ten kilos');
  server.finish();
  await shop.idle();
  expect((await shop.received()).split('\n').filter((line) => line !== '' && !line.startsWith('data: '))).toEqual([]);
  const post = server.requests.find(({ path }) => path === 'POST /agent/chatkit');
  expect(post?.headers).toMatchObject({ 'chatkit-frame-instance-id': 'stand-in', 'accept-language': 'en', 'x-chatkit-capabilities': 'resume' });
  expect(await shop.problems()).toEqual([]);
});

test('a network that is cut in the middle of an answer leaves no gap and says nothing twice', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Count');
  server.say('one ', 'two ');
  await expect(shop.answer()).toHaveText('one two');
  server.line.cut();
  server.say('three ', 'four ');
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  server.line.mend();
  await expect(shop.answer()).toHaveText('one two three four');
  server.line.cut();
  server.say('five');
  server.finish();
  server.line.mend();
  await expect(shop.answer()).toHaveText('one two three four five');
  await shop.idle();
  const received = await shop.received();
  for (const word of ['one ', 'two ', 'three ', 'four ', 'five']) expect(received.split(`"delta":"${word}"`)).toHaveLength(2);
  expect(await shop.problems()).toEqual([]);
  expect(server.turns).toEqual([{ text: 'Count', aborted: false }]);
});

test('Stop stops the answer on the server, and keeps its text', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Go on');
  server.say('first words');
  await expect(shop.answer()).toHaveText('first words');
  await shop.stop();
  await expect.poll(() => server.turns[0]?.aborted).toBe(true);
  await shop.reload();
  await expect(shop.answer()).toHaveText('first words');
});

test('Stop before the first byte still stops the answer', async ({ shop, server }) => {
  await shop.open();
  await shop.page.evaluate(() => {
    const { element } = (window as unknown as { chat: { element: { sendUserMessage: (message: object) => Promise<void>; stop: () => void } } }).chat;
    void element.sendUserMessage({ text: 'At once' });
    element.stop();
  });
  await expect.poll(() => server.turns.every(({ aborted }) => aborted) && server.requests.some(({ path }) => path.endsWith('/cancel'))).toBe(true);
});

test('a refresh in the middle of an answer: the thread is back, and its answer comes to its end', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Long story');
  server.say('Once upon a time ');
  await expect(shop.answer()).toHaveText('Once upon a time');
  await shop.reload();
  await expect(shop.page.locator('article[data-type=user_message]')).toHaveText('Long story');
  server.say('there was sugar.');
  server.finish();
  await expect(shop.answer()).toHaveText('Once upon a time there was sugar.');
  expect(server.turns).toEqual([{ text: 'Long story', aborted: false }]);
});

test('the server is restarted in the middle of an answer: what it wrote stays, and the next message works', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Tell me');
  server.say('Half of the');
  await expect(shop.answer()).toHaveText('Half of the');
  await server.restart();
  await shop.idle();
  await expect(shop.answer()).toHaveText('Half of the');
  await shop.send('quick one');
  await expect(shop.answer().last()).toHaveText('Answer to quick one.');
});

test('a page that takes the chat away lets the answer be finished', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Finish this');
  server.say('The begin');
  await expect(shop.answer()).toHaveText('The begin');
  await shop.evaluate((here) => here.chat.dispose());
  server.say('ning and the end.');
  server.finish();
  await shop.reload();
  await expect(shop.answer()).toHaveText('The beginning and the end.');
  expect(server.turns).toEqual([{ text: 'Finish this', aborted: false }]);
});

test('a proxy with a time limit, which ends each connection in good order, cuts nothing off', async ({ shop, server }) => {
  // Each connection ends after its first words, as if it were complete.
  await shop.page.addInitScript(() => {
    const original = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      const response = await original(input, init);
      if (!response.body || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response;
      const decoder = new TextDecoder();
      const limited = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          controller.enqueue(chunk);
          if (/"delta"|: end/.test(decoder.decode(chunk))) controller.terminate();
        },
      });
      return new Response(response.body.pipeThrough(limited), { status: response.status, headers: response.headers });
    };
  });
  await shop.open();
  await shop.send('Count');
  let text = '';
  for (const word of ['one ', 'two ', 'three ', 'four ']) {
    server.say(word);
    text += word;
    await expect(shop.answer()).toHaveText(text.trim());
  }
  server.finish();
  await shop.idle();
  await expect(shop.answer()).toHaveText('one two three four');
  expect(server.requests.filter(({ path }) => path.endsWith('/events')).length).toBeGreaterThanOrEqual(4);
  expect(await shop.problems()).toEqual([]);
});

test('Stop while the network is away stops the answer once it is back', async ({ shop, server }) => {
  await shop.open();
  await shop.send('Go on');
  server.say('first words');
  await expect(shop.answer()).toHaveText('first words');
  const tries = { failed: 0 };
  shop.page.on('requestfailed', (request) => {
    if (request.url().endsWith('/cancel')) tries.failed++;
  });
  server.line.cut();
  await shop.stop();
  // More than any other request is tried.
  await expect.poll(() => tries.failed).toBeGreaterThan(4);
  expect(server.turns[0]?.aborted).toBe(false);
  server.line.mend();
  await expect.poll(() => server.turns[0]?.aborted).toBe(true);
});

test('two chats of one client: when one goes, Stop still works in the other', async ({ shop, server }) => {
  await shop.open();
  await shop.page.evaluate(async () => {
    const here = window as unknown as { client: object; second: { ready: Promise<void>; dispose: () => void } };
    const { mountChatKit } = (await import(`${location.origin}/widget.js`)) as typeof WidgetModule;
    const box = document.createElement('div');
    box.style.height = '300px';
    document.body.append(box);
    here.second = mountChatKit(box, { client: here.client as WidgetModule.ChatKitClient, scriptUrl: '/official.js' });
    await here.second.ready;
  });
  await shop.send('Go on');
  server.say('first words');
  await expect(shop.answer()).toHaveText('first words');
  await shop.page.evaluate(() => (window as unknown as { second: { dispose: () => void } }).second.dispose());
  await shop.stop();
  await expect.poll(() => server.turns[0]?.aborted).toBe(true);
});
