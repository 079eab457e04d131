import { expect, test } from './support/fixtures.js';

test('items a server sends malformed leave the rest of the conversation on the screen', async ({ chat, server, page }) => {
  const thread = server.book.create();
  server.book.addUser(thread, 'The question');
  const bad: [string, Record<string, unknown>][] = [
    ['user_message', { content: [{ type: 'input_text', text: 'with nothing attached' }], attachments: [null] }],
    ['assistant_message', { content: [{ type: 'output_text', text: 'with no source', annotations: [null, { index: 1 }] }] }],
    ['workflow', { workflow: { type: 'custom', tasks: [{ type: 'web_search', sources: [null] }], expanded: true } }],
    ['structured_input', { status: 'pending', inputs: [{ type: 'multiple_choice', id: 'a', question: 'q', options: [null] }] }],
    ['client_tool_call', { status: 'completed', call_id: 'c', arguments: {} }],
    ['task', { task: { type: 'file', sources: [null] } }],
    ['generated_image', { image: { id: 'i', url: '' } }],
  ];
  for (const [type, fields] of bad) server.book.add(thread, type, fields);
  server.book.addAssistant(thread, 'The answer ![empty]()');
  await chat.open();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.resourceType()));
  await chat.call('setThreadId', thread.id);
  for (const text of ['The question', 'with nothing attached', 'with no source', 'The answer']) await expect(chat.log).toContainText(text);
  await expect(chat.message).toBeVisible();
  expect(await chat.log.locator('img').count()).toBe(0);
  expect(loaded).not.toContain('image');
});

test('sizes that do not exist put no other classes on a badge or a button', async ({ chat, server }) => {
  const thread = server.book.create();
  server.book.add(thread, 'widget', { widget: { type: 'Card', children: [{ type: 'Badge', label: 'Badge', size: 'sm jump' }, { type: 'Button', label: 'Button', iconSize: 'sm jump' }] } });
  await chat.open({ initialThread: thread.id });
  await expect(chat.log.getByText('Badge')).toBeVisible();
  await expect(chat.log.locator('.jump')).toHaveCount(0);
});

test('a field with autoFocus is focused when it comes in, but not while the reader writes', async ({ chat, server, page }) => {
  server.respond = (reply) => [{ type: 'thread.item.done', item: reply.item('widget', { widget: { type: 'Card', asForm: true, children: [{ type: 'Input', name: 'field', placeholder: `Field ${server.requests.length}`, autoFocus: true }] } }) }];
  await chat.open();
  await chat.send('A form');
  await expect(page.getByPlaceholder('Field 1')).toBeFocused();
  await chat.send('Another form');
  await expect(page.getByPlaceholder('Field 2')).toBeFocused();
  await page.getByPlaceholder('Field 2').fill('written');
  await chat.call('sendUserMessage', { text: 'One more' });
  await expect(page.getByPlaceholder('Field 3')).toBeVisible();
  await expect(page.getByPlaceholder('Field 2')).toBeFocused();
});

test('a text that may be edited takes autoFocus and allowAutofillExtensions, a text area its pattern', async ({ chat, server, page }) => {
  const editable = { name: 'title', autoFocus: true, allowAutofillExtensions: true, placeholder: 'Title' };
  server.respond = (reply) => [{ type: 'thread.item.done', item: reply.item('widget', { widget: { type: 'Card', asForm: true, children: [{ type: 'Text', value: '', editable }, { type: 'Textarea', name: 'code', placeholder: 'Code', pattern: '[A-Z]+' }] } }) }];
  await chat.open();
  await chat.send('A form');
  await expect(page.getByPlaceholder('Title')).toBeFocused();
  await expect(page.getByPlaceholder('Title')).toHaveAttribute('autocomplete', 'on');
  const valid = (): Promise<boolean> => page.getByPlaceholder('Code').evaluate((area) => (area as HTMLTextAreaElement).checkValidity());
  await page.getByPlaceholder('Code').fill('abc');
  expect(await valid()).toBe(false);
  await page.getByPlaceholder('Code').fill('ABC');
  expect(await valid()).toBe(true);
});

test('an open workflow that is running says its step once', async ({ chat, server }) => {
  server.respond = async function* (reply) {
    yield { type: 'thread.item.added', item: reply.item('workflow', { workflow: { type: 'custom', expanded: true, tasks: [{ type: 'custom', title: 'Opening the drawer', status_indicator: 'loading' }] } }) };
    await new Promise((resolve) => reply.signal.addEventListener('abort', resolve));
  };
  await chat.open();
  await chat.send('Look');
  await expect(chat.log.getByText('Opening the drawer')).toHaveCount(1);
});
