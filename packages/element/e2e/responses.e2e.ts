import { done, Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';

const actions = { threadItemActions: { feedback: true, retry: true } };

test('copy, feedback and retry below a response', async ({ chat, server, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let count = 0;
  server.respond = (reply) => {
    count += 1;
    return streamText(reply, `Answer **${count}**`);
  };
  await chat.open(actions);
  await chat.send('Hi');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Answer **1**');
  await page.getByRole('button', { name: 'Good response' }).click();
  await expect(page.getByRole('button', { name: 'Good response' })).toHaveAttribute('aria-pressed', 'true');
  expect((await server.onlyRequestOf('items.feedback')).params).toMatchObject({ kind: 'positive', item_ids: [server.book.threads[0]?.items[1]?.id] });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Answer 2');
  await expect(chat.log).not.toContainText('Answer 1');
  expect(server.requestsOf('threads.retry_after_item')[0]?.params['item_id']).toBe(server.book.threads[0]?.items[0]?.id);
});

test('an error with retry offers to try again', async ({ chat, server, page }) => {
  let failing = true;
  server.respond = (reply) => (failing ? [{ type: 'error', code: 'stream.error', allow_retry: true }] : streamText(reply, 'Now it works.'));
  await chat.open();
  await chat.send('Hi');
  await expect(page.getByRole('alert')).toContainText('Something went wrong. Please try again.');
  failing = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Now it works.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await chat.eventNames()).filter((name) => name === 'error')).toHaveLength(1);
});

test('a final error shows its own message and no retry', async ({ chat, server, page }) => {
  server.respond = () => [{ type: 'error', code: 'custom', message: 'Your quota is used up.', allow_retry: false }];
  await chat.open();
  await chat.send('Hi');
  await expect(page.getByRole('alert')).toHaveText('Your quota is used up.');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

test('a refused request is final; what was written stays and can be sent again', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Here you are.');
  await chat.open();
  server.refuse(409, 'The thread is busy.');
  await chat.send('Are you there?');
  await expect(page.getByRole('alert')).toContainText('The thread is busy.');
  expect(server.requests).toHaveLength(1);
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveText('Are you there?');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(chat.log).toContainText('Here you are.');
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveCount(1);
});

test('a server that is briefly down is asked again without the reader noticing', async ({ chat, server }) => {
  server.respond = (reply) => streamText(reply, 'Back again.');
  await chat.open();
  server.refuse(503, 'Down', 2);
  await chat.send('Hello?');
  await expect(chat.log).toContainText('Back again.');
  expect(server.requestsOf('threads.create')).toHaveLength(3);
});

test('leaving a thread while it answers loses nothing', async ({ chat, server, page }) => {
  const gate = new Gate();
  const other = server.book.create({ title: 'Other' });
  server.book.addUser(other, 'Old question');
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'Going on in the background')].slice(0, 5);
    await gate.passed;
    yield done(reply, 'assistant_message', { content: [{ type: 'output_text', text: 'Finished meanwhile', annotations: [] }] });
  };
  await chat.open();
  await chat.send('Long task');
  await expect(chat.log).toContainText('Going on');
  await page.getByRole('button', { name: 'Chat history' }).click();
  await page.getByRole('button', { name: /^Other/ }).click();
  await expect(chat.log).toContainText('Old question');
  await page.getByRole('button', { name: 'Chat history' }).click();
  await page.getByRole('button', { name: /^New chat \S/ }).click();
  await expect(chat.log).toContainText('Going on');
  gate.open();
  await expect(chat.log).toContainText('Finished meanwhile');
  expect(server.aborted).toEqual([]);
});

test('a locked thread says why, a closed one shows a banner', async ({ chat, server, page }) => {
  const locked = server.book.create({ title: 'Locked', status: { type: 'locked', reason: 'Waiting for approval' } });
  const closed = server.book.create({ title: 'Closed', status: { type: 'closed', reason: 'All done here' } });
  server.book.addUser(locked, 'a');
  server.book.addUser(closed, 'b');
  await chat.open({ initialThread: locked.id });
  await expect(chat.element.getByText('Waiting for approval')).toBeVisible();
  await expect(chat.message).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await chat.call('setThreadId', closed.id);
  await expect(chat.element.getByText('All done here')).toBeVisible();
  await expect(chat.message).toHaveCount(0);
  await chat.call('setThreadId', null);
  await expect(chat.message).toBeVisible();
  await chat.message.fill('works again');
  await expect(page.getByRole('button', { name: 'Send message' })).toBeEnabled();
});

test('thread updates change title and status while the answer streams', async ({ chat, server, page }) => {
  server.respond = (reply) => [
    { type: 'thread.updated', thread: { ...server.book.wire(reply.thread, []), title: 'A fine title', status: { type: 'locked', reason: 'One answer only' } } },
    ...streamText(reply, 'Done.'),
  ];
  await chat.open();
  await chat.send('Hi');
  await expect(page.getByRole('heading', { name: 'A fine title' })).toBeVisible();
  await expect(chat.element.getByText('One answer only')).toBeVisible();
});
