import { streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';

const twoPhase = { api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'two_phase' } }, composer: { attachments: { enabled: true, maxCount: 2, maxSize: { 'text/*': 100, '*': 1000 }, accept: { 'text/*': ['.txt'], 'image/png': ['.png'] } } } };
const file = (name: string, mimeType = 'text/plain', size = 10) => ({ name, mimeType, buffer: Buffer.alloc(size, 'x') });

async function evaluateOptions(chat: Chat, body: string): Promise<void> {
  // The page's policy forbids eval; the test driver adds the options as a script of the page instead.
  chat.server.pages.set('/options.js', { type: 'text/javascript', body: `document.querySelector('openai-chatkit').setOptions({ api: { url: '/chatkit', domainKey: 'x' }, ${body} });` });
  await chat.page.addScriptTag({ url: `${chat.server.origin}/options.js` });
}

test('files are uploaded in two phases, shown, removed and sent', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Got it.');
  await chat.open(twoPhase);
  const input = chat.element.locator('input[type=file]');
  await input.setInputFiles([file('notes.txt'), file('more.txt')]);
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(2);
  expect(server.uploads).toMatchObject([
    { method: 'PUT', url: '/upload/bytes', bytes: 10 },
    { method: 'PUT', url: '/upload/bytes', bytes: 10 },
  ]);
  expect(server.uploads[0]?.headers['x-upload']).toBe('signed');
  await page.getByRole('button', { name: 'Remove more.txt' }).click();
  await expect.poll(() => server.requestsOf('attachments.delete').length).toBe(1);
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(chat.log.getByRole('article', { name: 'You' })).toContainText('notes.txt');
  expect((await server.onlyRequestOf('threads.create')).params['input']).toMatchObject({ attachments: [[...server.book.attachments.keys()][0]], content: [] });
});

test('files that are too large, too many or of another type are refused with a reason', async ({ chat, page }) => {
  await chat.open(twoPhase);
  const input = chat.element.locator('input[type=file]');
  await input.setInputFiles(file('big.txt', 'text/plain', 200));
  await expect(page.getByRole('alert')).toContainText('big.txt is too large.');
  await input.setInputFiles(file('movie.mp4', 'video/mp4'));
  await expect(page.getByRole('alert')).toContainText('Files like movie.mp4 are not accepted.');
  await input.setInputFiles([file('1.txt'), file('2.txt'), file('3.txt')]);
  await expect(page.getByRole('alert')).toContainText('You can attach up to 2 files.');
  await expect(chat.element.locator('.draft-attachment')).toHaveCount(2);
});

test('direct upload, by dropping and by pasting', async ({ chat, server, page }) => {
  await chat.open({ api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'direct', uploadUrl: '/upload/direct' } }, composer: { attachments: { enabled: true } } });
  const transfer = (name: string) => page.evaluateHandle((fileName) => {
    const data = new DataTransfer();
    data.items.add(new File(['hello'], fileName, { type: 'text/plain' }));
    return data;
  }, name);
  const dropped = await transfer('dropped.txt');
  await chat.element.locator('.root').dispatchEvent('dragenter', { dataTransfer: dropped });
  await expect(chat.element.locator('.drop-hint')).toBeVisible();
  await chat.element.locator('.root').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(chat.element.locator('.drop-hint')).toBeHidden();
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveText(/dropped\.txt/);
  const pasted = await transfer('pasted.txt');
  await chat.message.evaluate((editor, clipboardData) => editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })), pasted);
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(2);
  expect(server.uploads.map((upload) => upload.url)).toEqual(['/upload/direct', '/upload/direct']);
});

test('a failed upload names the file and can be tried again; nothing is sent without it unless it is removed', async ({ chat, server, page }) => {
  await chat.open(twoPhase);
  server.refuse(413, 'Too large for the server.');
  await chat.element.locator('input[type=file]').setInputFiles(file('notes.txt'));
  await expect(page.getByRole('alert')).toHaveText('notes.txt could not be uploaded. Too large for the server.');
  await expect(chat.element.locator('.draft-attachment.failed')).toHaveCount(1);
  await chat.message.fill('With the notes');
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await chat.message.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('notes.txt could not be uploaded.');
  expect(server.requestsOf('threads.create')).toHaveLength(0);
  await page.getByRole('button', { name: 'Try again: notes.txt' }).click();
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveText(/notes\.txt/);
  server.refuse(413, 'Too large for the server.');
  await chat.element.locator('input[type=file]').setInputFiles(file('more.txt'));
  await expect(chat.element.locator('.draft-attachment.failed')).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove more.txt' }).click();
  await page.getByRole('button', { name: 'Send message' }).click();
  expect((await server.onlyRequestOf('threads.create')).params['input']).toMatchObject({ attachments: [expect.stringMatching(/^atc_/)] });
});

test('tools and models travel with the message; only persistent tools stay chosen', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Ok.');
  await chat.open({
    composer: {
      placeholder: 'Ask away',
      tools: [
        { id: 'search', label: 'Search the web', icon: 'globe', placeholderOverride: 'What to search?' },
        { id: 'deep', label: 'Deep research', shortLabel: 'Deep', icon: 'lab', pinned: true, persistent: true },
      ],
      models: [
        { id: 'fast', label: 'Fast', default: true },
        { id: 'slow', label: 'Slow', description: 'But thorough' },
        { id: 'off', label: 'Off', disabled: true },
      ],
    },
  });
  await expect(chat.element.getByText('Ask away')).toBeVisible();
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitemradio', { name: 'Search the web' }).click();
  await expect(chat.element.getByText('What to search?')).toBeVisible();
  await page.getByRole('button', { name: 'Choose model: Fast' }).click();
  await page.getByRole('menuitemradio', { name: 'Off' }).click({ force: true });
  await page.getByRole('menuitemradio', { name: /Slow/ }).click();
  await chat.send('hinges');
  await chat.idle();
  expect(server.requestsOf('threads.create')[0]?.params['input']).toMatchObject({ inference_options: { tool_choice: { id: 'search' }, model: 'slow' } });
  await expect(page.getByRole('button', { name: 'Remove Search the web' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Deep research' }).click();
  await chat.send('again');
  await expect(page.getByRole('button', { name: 'Deep research' })).toHaveAttribute('aria-pressed', 'true');
  const changes = (await chat.events()).filter((event) => event.name === 'tool.change').map((event) => event.detail?.['toolId']);
  expect(changes).toEqual(['search', null, 'deep']);
});

test('@ finds entities, with groups, and puts a tag into the message', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Ok.');
  await chat.open();
  await evaluateOptions(
    chat,
    `entities: { showComposerMenu: true, onTagSearch: async (query) => [
      { id: 'p1', title: 'Ada Lovelace', group: 'People', icon: 'user', interactive: true, data: { mail: 'ada@example.com' } },
      { id: 'd1', title: 'Q2 plan', group: 'Documents' },
    ].filter((entity) => entity.title.toLowerCase().includes(query)), onRequestPreview: async () => ({ preview: { type: 'Basic', children: [{ type: 'Text', value: 'Countess' }] } }) }`,
  );
  await page.getByRole('button', { name: 'Mention' }).click();
  await expect(page.getByRole('option')).toHaveCount(2);
  await expect(page.getByText('Documents')).toBeVisible();
  await chat.message.pressSequentially('ada');
  await expect(page.getByRole('option')).toHaveText(['Ada Lovelace']);
  await page.keyboard.press('Enter');
  await chat.message.pressSequentially('please look');
  await page.keyboard.press('Enter');
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveText('Ada Lovelace please look');
  expect((await server.onlyRequestOf('threads.create')).params['input']).toMatchObject({
    content: [
      { type: 'input_tag', id: 'p1', text: 'Ada Lovelace', group: 'People', interactive: true, data: { mail: 'ada@example.com' } },
      { type: 'input_text', text: ' please look' },
    ],
  });
  await chat.log.getByRole('button', { name: 'Ada Lovelace' }).hover();
  await expect(page.getByText('Countess')).toBeVisible();
});

test('/ finds commands: one inserts an entity, one opens a further menu, one only acts', async ({ chat, page }) => {
  await chat.open();
  await evaluateOptions(
    chat,
    `composer: { tools: [{ id: 'chart', label: 'Draw chart', icon: 'chart' }] }, commands: { enabled: true,
      onSearch: async (query) => [{ id: 'insert', label: 'Insert order', description: 'The latest' }, { id: 'more', label: 'More' }].filter((command) => command.label.toLowerCase().includes(query)),
      onSelect: async (command) => command.id === 'insert' ? { type: 'entity', entity: { id: 'o1', title: 'Order 7' } } : command.id === 'more' ? { type: 'menu', commands: [{ id: 'act', label: 'Act now' }] } : void (window.acted = command.id) }`,
  );
  await chat.message.pressSequentially('/');
  await expect(page.getByRole('option')).toHaveText([/Insert order/, 'More', 'Draw chart']);
  await page.getByRole('option', { name: 'Insert order' }).click();
  await expect(chat.message).toHaveText(/Order 7/);
  await chat.message.pressSequentially('/more');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option')).toHaveText(['Act now']);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => (window as unknown as { acted?: string }).acted)).toBe('act');
  await expect(chat.message).not.toContainText('/more');
  await chat.message.pressSequentially('/draw');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove Draw chart' })).toBeVisible();
});

test('dictation turns speech into text', async ({ chat, server, page }) => {
  await chat.open({ composer: { dictation: { enabled: true } } });
  await page.getByRole('button', { name: 'Dictate' }).click();
  await page.getByRole('button', { name: 'Stop dictation' }).click();
  await expect(chat.message).toHaveText('Dictated words');
  const request = server.requestsOf('input.transcribe')[0];
  expect(request?.params['mime_type']).toBe('audio/webm;codecs=opus');
  expect(Buffer.from(String(request?.params['audio_base64']), 'base64').subarray(0, 4).toString('hex')).toBe('1a45dfa3');
});

test('line breaks stay, Enter sends, and pasted formatting is left behind', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Ok.');
  await chat.open();
  await chat.message.focus();
  await page.keyboard.type('First');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Second <b>');
  await page.keyboard.press('Enter');
  await expect(chat.message).toHaveText('');
  expect((await server.onlyRequestOf('threads.create')).params['input']).toMatchObject({ content: [{ type: 'input_text', text: 'First\nSecond <b>' }] });
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveText(/First\s+Second <b>/);
});

test('the Enter that confirms a word of an input method does not send', async ({ chat, server }) => {
  await chat.open();
  await chat.message.fill('にほん');
  const prevented = await chat.message.evaluate((editor) => !editor.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, keyCode: 229 })));
  expect(prevented).toBe(false);
  await expect(chat.message).toHaveText('にほん');
  expect(server.requests).toHaveLength(0);
});
