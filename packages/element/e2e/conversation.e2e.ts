import { streamText, Gate } from './support/events.js';
import { expect, test } from './support/fixtures.js';

test('a first message creates a thread and the answer streams in', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'Hello **there**, reader.');
  await chat.open();
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  await chat.send('Hi');
  await expect(chat.log.getByRole('article', { name: 'You' })).toHaveText('Hi');
  await expect(chat.log.getByRole('article', { name: 'Assistant' })).toContainText('Hello there, reader.');
  await expect(chat.log.locator('strong')).toHaveText('there');
  await chat.idle();
  expect(server.requests.map((request) => request.type)).toEqual(['threads.create']);
  expect((await chat.eventNames()).filter((name) => name !== 'log')).toEqual(['ready', 'response.start', 'thread.change', 'response.end']);
  expect((await chat.events()).filter((event) => event.name === 'log').map((event) => event.detail)).toEqual([
    { name: 'response.request', data: { type: 'threads.create' } },
    { name: 'response.finish', data: { stopped: false, failed: false } },
  ]);
});

test('stop ends the request and keeps what was shown', async ({ chat, server, page }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'A partial answer')].slice(0, -2);
    await gate.passed;
  };
  await chat.open();
  await chat.send('Tell me');
  await expect(chat.log).toContainText('A partial answer');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.idle();
  await expect(chat.log).toContainText('A partial answer');
  await expect.poll(() => server.aborted).toEqual(['threads.create']);
  gate.open();
});
