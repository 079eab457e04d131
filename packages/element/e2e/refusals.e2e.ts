import { done, Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';

const twoPhase = { api: { url: '/chatkit', domainKey: 'x', uploadStrategy: { type: 'two_phase' } }, composer: { attachments: { enabled: true } } };

test('answers to questions that did not get through are sent again as they are', async ({ chat, server, page }) => {
  server.respond = (reply) =>
    reply.request.type === 'threads.create'
      ? [...streamText(reply, 'Let me ask.'), done(reply, 'structured_input', { status: 'pending', inputs: [{ type: 'freeform', id: 'a', question: 'Why?' }] })]
      : streamText(reply, 'Thank you.');
  await chat.open();
  await chat.send('Ask');
  await chat.idle();
  await page.getByRole('textbox', { name: 'Why?' }).fill('A long and careful answer');
  server.refuse(409, 'Busy');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByRole('alert')).toContainText('Busy');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Thank you.');
  await expect(chat.log).toContainText('A long and careful answer');
  expect(server.requests.map(({ type }) => type)).toEqual(['threads.create', 'threads.add_structured_input', 'threads.add_structured_input']);
});

test('the result of a client tool that did not get through is sent again; the tool does not run twice', async ({ chat, server, page }) => {
  server.respond = (reply) => (reply.request.type === 'threads.create' ? [done(reply, 'client_tool_call', { status: 'pending', call_id: 'c', name: 'pay', arguments: {} })] : streamText(reply, 'Paid.'));
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `window.ran = 0; document.querySelector('openai-chatkit').setOptions({ onClientTool: () => ({ paid: ++window.ran }), api: { url: '/chatkit', domainKey: 'x',
      fetch: (url, init) => init.body.includes('add_client_tool_output') && !window.failed ? (window.failed = true, Promise.reject(new TypeError('Failed to fetch'))) : fetch(url, init) } });`,
  });
  await chat.open();
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await chat.send('Pay');
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Paid.');
  expect(server.requests.map(({ type }) => type)).toEqual(['threads.create', 'threads.add_client_tool_output']);
  expect(server.requestsOf('threads.add_client_tool_output')[0]?.params['result']).toEqual({ paid: 1 });
});

test('an action whose answer breaks off is not undone by trying again: the thread is read anew', async ({ chat, server, page }) => {
  const cut = new Gate();
  const thread = server.book.create();
  server.book.addUser(thread, 'Order it');
  server.book.addAssistant(thread, 'Which one?');
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'The order is pl')].slice(0, 3);
    await cut.passed;
    throw new Error('The line is cut');
  };
  await chat.open({ initialThread: thread.id });
  await expect(chat.log).toContainText('Which one?');
  const acted = chat.call('sendCustomAction', { type: 'order' });
  await expect(chat.log).toContainText('The order is');
  cut.open();
  await acted;
  server.book.addAssistant(thread, 'The order is placed.');
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('The order is placed.');
  await expect(chat.log).toContainText('Which one?');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(server.requestsOf('threads.retry_after_item')).toHaveLength(0);
});

test('a retry that is refused leaves the answer on the screen', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'A precious answer.');
  await chat.open({ threadItemActions: { retry: true } });
  await chat.send('Question');
  await chat.idle();
  server.refuse(409, 'The thread is busy.');
  server.respond = (reply) => streamText(reply, 'Another answer.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('The thread is busy.');
  await expect(chat.log).toContainText('A precious answer.');
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Another answer.');
  await expect(chat.log).not.toContainText('A precious answer.');
});

test('a message that is refused for good goes back to the composer, with its files and quote, before what was typed since', async ({ chat, server, page }) => {
  const gate = new Gate();
  await page.route('**/chatkit', async (route) => {
    if (!(route.request().postData() ?? '').includes('threads.create')) return route.continue();
    await gate.passed;
    await route.fulfill({ status: 413, json: { code: 'too_large', message: 'The message is too long.' } });
  });
  await chat.open(twoPhase);
  await chat.call('setComposerValue', { reply: 'What was quoted' });
  await chat.element.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(1);
  await chat.send('A very long text');
  await expect(chat.log.getByRole('article', { name: 'You' })).toContainText('A very long text');
  await chat.message.fill('typed meanwhile');
  gate.open();
  await expect(page.getByRole('alert')).toContainText('The message is too long.');
  await expect(chat.message).toContainText('A very long text');
  await expect(chat.message).toContainText('typed meanwhile');
  await expect(chat.element.getByText('What was quoted')).toBeVisible();
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveText(/notes\.txt/);
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveCount(0);
  await page.unroute('**/chatkit');
  await page.getByRole('button', { name: 'Send message' }).click();
  expect((await server.onlyRequestOf('threads.create')).params['input']).toMatchObject({ quoted_text: 'What was quoted', attachments: [expect.stringMatching(/^atc_/)] });
});

test('writing something else after a failure does not lose the message that failed', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Here you are.');
  await chat.open();
  server.refuse(409, 'The thread is busy.');
  await chat.send('The first message');
  await expect(page.getByRole('alert')).toContainText('The thread is busy.');
  await chat.send('The second message');
  await expect(chat.log).toContainText('Here you are.');
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveText('The second message');
  await expect(chat.message).toHaveText('The first message');
});

test('feedback shows at once, and goes away again when the server refuses it', async ({ chat, server, page }) => {
  const gate = new Gate();
  server.respond = (reply) => streamText(reply, 'Answer.');
  await chat.open({ threadItemActions: { feedback: true } });
  await chat.send('Question');
  await chat.idle();
  await page.route('**/chatkit', async (route) => {
    await gate.passed;
    await route.fulfill({ status: 409, json: { message: 'No feedback.' } });
  });
  const good = page.getByRole('button', { name: 'Good response' });
  await good.click();
  await expect(good).toHaveAttribute('aria-pressed', 'true');
  gate.open();
  await expect(good).toHaveAttribute('aria-pressed', 'false');
});

test('after a thread that could not be loaded, a new chat can be started', async ({ chat, page }) => {
  await chat.open();
  await expect(chat.call('setThreadId', 'missing')).rejects.toThrow('Not found');
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  expect((await chat.events()).filter(({ name }) => name === 'thread.change').map(({ detail }) => detail?.['threadId'])).toEqual(['missing', null]);
});
