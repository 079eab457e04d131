import { done, Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';

/** Takes the element off the page for long enough to be done with, and puts it back when told to. */
async function remove(chat: Chat): Promise<() => Promise<void>> {
  await chat.page.evaluate(async () => {
    const element = document.querySelector('openai-chatkit');
    Object.assign(window, { away: element });
    element?.remove();
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
  });
  return () => chat.page.evaluate(() => document.querySelector('main')?.append((window as unknown as { away: Element }).away));
}

test('the browser’s own fetch can be given as api.fetch, for requests and uploads', async ({ chat, server, page }) => {
  server.respond = (reply) => streamText(reply, 'It works.');
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `document.querySelector('openai-chatkit').setOptions({ api: { url: '/chatkit', domainKey: 'x', fetch: window.fetch, uploadStrategy: { type: 'two_phase' } }, composer: { attachments: { enabled: true } } });`,
  });
  await chat.open();
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await chat.element.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
  await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(1);
  await chat.send('Hi');
  await expect(chat.log).toContainText('It works.');
});

test('an element that was taken off the page and put back goes on in its thread', async ({ chat, server }) => {
  server.respond = (reply) => streamText(reply, `Answer ${server.requests.length}.`);
  await chat.open();
  await chat.send('one');
  await expect(chat.log).toContainText('Answer 1.');
  await (await remove(chat))();
  await chat.send('two');
  await expect(chat.log).toContainText('Answer 2.');
  await chat.idle();
});

test('an element taken away in the middle of an answer lets go of it, and reads the thread again when it is back', async ({ chat, server }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'Half of the answer')].slice(0, 3);
    await gate.passed;
  };
  await chat.open();
  await chat.send('Go on');
  await expect(chat.log).toContainText('Half of the');
  const back = await remove(chat);
  await expect.poll(() => server.aborted).toEqual(['threads.create']);
  gate.open();
  const [thread] = server.book.threads;
  if (thread) server.book.addAssistant(thread, 'What the server kept');
  await back();
  await expect(chat.log).toContainText('What the server kept');
  await expect(chat.log).not.toContainText('Half of the');
  await chat.idle();
});

test('an element taken away while it records lets go of the microphone', async ({ chat, server, page }) => {
  server.pages.set('/options.js', {
    type: 'text/javascript',
    body: `const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); window.tracks = stream.getTracks(); return stream; };`,
  });
  await chat.open({ composer: { dictation: { enabled: true } } });
  await page.addScriptTag({ url: `${server.origin}/options.js` });
  await page.getByRole('button', { name: 'Dictate' }).click();
  await expect(page.getByRole('button', { name: 'Stop dictation' })).toBeVisible();
  await remove(chat);
  await expect.poll(() => page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((track) => track.readyState))).toEqual(['ended']);
  expect(server.requestsOf('input.transcribe')).toHaveLength(0);
});

test('a response that was asked for elsewhere is shown as the element’s own, with Stop and client tools', async ({ chat, server, page }) => {
  const thread = server.book.create();
  server.book.addUser(thread, 'Question');
  await chat.open({ initialThread: thread.id });
  await expect(chat.log).toContainText('Question');
  await page.evaluate((threadId) => {
    const item = { id: 'followed', thread_id: threadId, type: 'assistant_message', content: [{ type: 'output_text', text: 'Text so far', annotations: [] }] };
    const events = [{ type: 'stream_options', stream_options: { allow_cancel: true } }, { type: 'thread.item.added', item }];
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))),
      cancel: () => void Object.assign(window, { let: 'go' }),
    });
    const element = document.querySelector('openai-chatkit') as unknown as { followResponse: (response: Response, options: object) => Promise<void> };
    void element.followResponse(new Response(body), { stop: () => Object.assign(window, { stopped: true }) });
  }, thread.id);
  await expect(chat.log).toContainText('Text so far');
  await expect(chat.call('fetchUpdates')).rejects.toThrow('still arriving');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.idle();
  await expect(chat.log).toContainText('Text so far');
  expect(await page.evaluate(() => [(window as unknown as { stopped: boolean }).stopped, (window as unknown as { let: string }).let])).toEqual([true, 'go']);
  expect((await chat.eventNames()).filter((name) => name.startsWith('response'))).toEqual(['response.start', 'response.end']);

  server.respond = (reply) => streamText(reply, 'After the tool.');
  const call = done({ item: (type: string, fields: object) => ({ id: 'call', thread_id: thread.id, type, ...fields }) } as never, 'client_tool_call', { status: 'pending', call_id: 'c', name: 'look', arguments: {} });
  await page.evaluate(async (event) => {
    const element = document.querySelector('openai-chatkit') as unknown as { followResponse: (response: Response) => Promise<void> };
    await element.followResponse(new Response(`data: ${JSON.stringify(event)}\n\n`));
  }, call);
  await expect(chat.log).toContainText('After the tool.');
  expect(server.requests.at(-1)?.type).toBe('threads.add_client_tool_output');
});
