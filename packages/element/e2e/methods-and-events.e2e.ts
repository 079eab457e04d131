import { Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';

test('unknown and wrong options are refused with their path, and the old ones stay', async ({ chat, page }) => {
  await chat.open({ startScreen: { greeting: 'Still here' } });
  const refusal = async (options: Record<string, unknown>): Promise<string> =>
    chat.setOptions(options).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  expect(await refusal({ theme: { accentColor: 'red' } })).toContain('unknown key `theme.accentColor`');
  expect(await refusal({ api: { domainKey: 'x' } })).toContain('`api.url` is required');
  expect(await refusal({ composer: { attachments: { enabled: true } } })).toContain('`api.uploadStrategy` is required');
  expect(await refusal({ api: { getClientSecret: null } })).toContain('api.getClientSecret');
  await expect(page.getByText('Still here')).toBeVisible();
  expect((await chat.eventNames()).filter((name) => name === 'error')).toHaveLength(4);
});

test('setOptions replaces everything set before', async ({ chat, page }) => {
  await chat.open({ startScreen: { greeting: 'One' }, disclaimer: { text: 'Careful' }, header: { title: { text: 'Fixed title' } } });
  await expect(page.getByText('Careful')).toBeVisible();
  await chat.setOptions({ startScreen: { greeting: 'Two' } });
  await expect(page.getByText('Two')).toBeVisible();
  await expect(page.getByText('Careful')).toBeHidden();
  await expect(page.getByText('Fixed title')).toBeHidden();
});

test('header options: title, buttons of the page, and none at all', async ({ chat, server, page }) => {
  await chat.open();
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `document.querySelector('openai-chatkit').setOptions({ api: { url: '/chatkit', domainKey: 'x' }, header: { title: { text: 'Help desk' },
      leftAction: { icon: 'menu', onClick: () => { window.left = true; } }, rightAction: { icon: 'close', onClick: () => { window.right = true; } } }, history: { enabled: false } });`,
  });
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await expect(page.getByRole('heading', { name: 'Help desk' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chat history' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.evaluate(() => [(window as unknown as { left: boolean }).left, (window as unknown as { right: boolean }).right])).toEqual([true, true]);
  await chat.setOptions({ header: { enabled: false } });
  await expect(chat.element.locator('.header')).toHaveCount(0);
});

test('frame title and fonts of the theme', async ({ chat, server, page }) => {
  server.pages.set('/font.woff2', { type: 'font/woff2', body: Buffer.from('not really a font') });
  await chat.open({ frameTitle: 'Help desk', theme: { typography: { baseSize: 18, fontFamily: 'Page Font', fontSources: [{ family: 'Page Font', src: '/font.woff2', weight: 400 }] } } });
  await expect(page.getByRole('region', { name: 'Help desk' })).toBeVisible();
  const faces = (): Promise<string[]> => page.evaluate(() => [...document.fonts].map((face) => face.family.replaceAll('"', '')));
  expect(await faces()).toEqual(['Page Font']);
  await expect(chat.element.locator('.root')).toHaveCSS('font-size', '18px');
  await expect(chat.element.locator('.root')).toHaveCSS('font-family', /^"?Page Font"?/);
  await chat.setOptions({});
  expect(await faces()).toEqual([]);
});

test('requests carry the locale and the instance id, through the fetch of the page', async ({ chat, server, page }) => {
  await chat.open();
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `document.querySelector('openai-chatkit').setOptions({ api: { url: 'chatkit', domainKey: 'x', fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'x-page': 'yes' } }) }, locale: 'de-DE' });`,
  });
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await page.getByRole('textbox', { name: 'Nachricht', exact: true }).fill('Hallo');
  await page.getByRole('button', { name: 'Nachricht senden' }).click();
  await expect.poll(() => server.requests.length).toBe(1);
  expect(server.requests[0]?.headers).toMatchObject({ 'accept-language': 'de-DE', 'x-page': 'yes', accept: 'text/event-stream' });
  expect(server.requests[0]?.headers['chatkit-frame-instance-id']).toMatch(/^[\da-f-]{32,36}$/);
});

test('sendUserMessage sends text, content, reply, tool and model, into a new thread if asked', async ({ chat, server }) => {
  server.respond = (reply) => streamText(reply, 'Ok.');
  await chat.open();
  await chat.call('sendUserMessage', { text: 'One', reply: 'Quoted', toolChoice: { id: 'search' }, model: 'fast' });
  await chat.call('sendUserMessage', { content: [{ type: 'input_tag', id: 't', text: 'Tag' }, { type: 'input_text', text: ' two' }], attachments: [{ type: 'file', id: 'f1', name: 'a.txt', mime_type: 'text/plain' }] });
  await chat.call('sendUserMessage', { text: 'Three', newThread: true });
  expect(server.requests.map((request) => request.type)).toEqual(['threads.create', 'threads.add_user_message', 'threads.create']);
  expect(server.requests[0]?.params['input']).toEqual({ content: [{ type: 'input_text', text: 'One' }], attachments: [], quoted_text: 'Quoted', inference_options: { tool_choice: { id: 'search' }, model: 'fast' } });
  expect(server.requests[1]?.params['input']).toMatchObject({ content: [{ type: 'input_tag', id: 't', text: 'Tag' }, { type: 'input_text', text: ' two' }], attachments: ['f1'] });
});

test('methods that change the thread are refused while an answer arrives', async ({ chat, server }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'Slow')].slice(0, 3);
    await gate.passed;
  };
  await chat.open();
  await chat.send('Hi');
  await expect(chat.log).toContainText('Slow');
  for (const [method, parameter] of [['sendUserMessage', { text: 'x' }], ['setThreadId', null], ['sendCustomAction', { type: 'x' }], ['fetchUpdates', undefined]] as const) {
    await expect(chat.call(method, parameter)).rejects.toThrow('still arriving');
  }
  gate.open();
  await chat.idle();
});

test('setComposerValue fills the composer without sending', async ({ chat, server, page }) => {
  await chat.open({ api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'two_phase' } }, composer: { attachments: { enabled: true }, tools: [{ id: 'a', label: 'Tool A', icon: 'bolt' }], models: [{ id: 'm1', label: 'M1' }, { id: 'm2', label: 'M2' }] } });
  await chat.call('setComposerValue', {
    content: [{ type: 'input_text', text: 'Ask ' }, { type: 'input_tag', id: 'p', text: 'Ada' }],
    reply: 'What was said',
    attachments: [{ type: 'file', id: 'f1', name: 'a.txt', mime_type: 'text/plain' }],
    selectedToolId: 'a',
    selectedModelId: 'm2',
  });
  await expect(chat.message).toHaveText('Ask Ada');
  await expect(chat.element.getByText('What was said')).toBeVisible();
  await expect(chat.element.locator('.draft-attachment')).toHaveText(/a\.txt/);
  await page.evaluate(async () => {
    const element = document.querySelector('openai-chatkit') as unknown as { setComposerValue: (value: unknown) => Promise<void> };
    await element.setComposerValue({ files: [new File(['abc'], 'b.txt', { type: 'text/plain' })] });
  });
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(2);
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect.poll(() => server.requests.at(-1)?.type).toBe('threads.create');
  expect(server.requests.at(-1)?.params['input']).toMatchObject({ quoted_text: 'What was said', inference_options: { tool_choice: { id: 'a' }, model: 'm2' }, attachments: ['f1', expect.stringMatching(/^atc_/)] });
});

test('setThreadId loads a thread and null starts a new one', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: 'Known' });
  server.book.addUser(thread, 'Earlier words');
  await chat.open();
  await chat.call('setThreadId', thread.id);
  await expect(chat.log).toContainText('Earlier words');
  await chat.call('setThreadId', null);
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  await expect(chat.call('setThreadId', 'missing')).rejects.toThrow('Not found');
  await expect(page.getByRole('alert')).toContainText('This chat could not be loaded.');
  const events = (await chat.events()).filter((event) => event.name.startsWith('thread'));
  expect(events.map((event) => [event.name, event.detail?.['threadId']])).toEqual([
    ['thread.change', thread.id],
    ['thread.load.start', thread.id],
    ['thread.load.end', thread.id],
    ['thread.change', null],
    ['thread.change', 'missing'],
    ['thread.load.start', 'missing'],
    ['thread.load.end', 'missing'],
  ]);
});

test('sendCustomAction, fetchUpdates and focusComposer', async ({ chat, server, page }) => {
  const thread = server.book.create();
  server.book.addUser(thread, 'Hello');
  server.respond = (reply) => streamText(reply, 'Acted.');
  await chat.open({ initialThread: thread.id });
  await expect(chat.log).toContainText('Hello');
  await chat.call('sendCustomAction', { type: 'go', payload: { n: 1 } }, thread.items[0]?.id);
  expect(server.requestsOf('threads.custom_action')[0]?.params).toEqual({ thread_id: thread.id, item_id: thread.items[0]?.id, action: { type: 'go', payload: { n: 1 } } });
  server.book.addAssistant(thread, 'Written elsewhere');
  thread.title = 'Renamed elsewhere';
  await chat.call('fetchUpdates');
  await expect(chat.log).toContainText('Written elsewhere');
  await expect(page.getByRole('heading', { name: 'Renamed elsewhere' })).toBeVisible();
  await chat.call('focusComposer');
  await expect(chat.message).toBeFocused();
});

test('showHistory and hideHistory, with their events', async ({ chat, server, page }) => {
  server.book.create({ title: 'Past chat' });
  await chat.open();
  await chat.call('showHistory');
  await expect(page.getByRole('button', { name: /^Past chat/ })).toBeVisible();
  await chat.call('hideHistory');
  await expect(chat.message).toBeVisible();
  expect((await chat.eventNames()).filter((name) => name.startsWith('history'))).toEqual(['history.open', 'history.close']);
});

test('the history pages, renames and deletes', async ({ chat, server, page }) => {
  for (let index = 1; index <= 35; index += 1) server.book.create({ title: `Chat ${index}` });
  await chat.open();
  await page.getByRole('button', { name: 'Chat history' }).click();
  await expect(chat.element.locator('.thread-entry')).toHaveCount(30);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(chat.element.locator('.thread-entry')).toHaveCount(35);
  await page.getByRole('button', { name: 'Rename: Chat 35' }).click();
  await page.getByRole('textbox', { name: 'Chat title' }).fill('Better name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Better name/ })).toBeVisible();
  await expect.poll(() => server.book.threads.at(-1)?.title).toBe('Better name');
  await page.getByRole('button', { name: 'Delete: Chat 34' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(chat.element.locator('.thread-entry')).toHaveCount(34);
  await expect.poll(() => server.book.threads.some((thread) => thread.title === 'Chat 34')).toBe(false);
  await chat.setOptions({ history: { showDelete: false, showRename: false } });
  await expect(page.getByRole('button', { name: /^Rename/ })).toHaveCount(0);
});
