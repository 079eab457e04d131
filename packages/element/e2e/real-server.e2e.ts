import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatKit } from '@chatkit-selfhost/core';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, test } from './support/fixtures.js';

/** Hands Node's requests to the server's fetch handler, whatever the page's own files are. */
function bridge(chatkit: ChatKitServer): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const abort = new AbortController();
      outgoing.on('close', () => abort.abort());
      const init: RequestInit = { method: incoming.method ?? 'GET', headers: incoming.headers as Record<string, string>, signal: abort.signal };
      if (chunks.length > 0) init.body = Buffer.concat(chunks);
      const response = await chatkit.fetch(new Request(`http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`, init));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body) for await (const bytes of response.body) outgoing.write(bytes);
      outgoing.end();
    })().catch(() => outgoing.destroy());
  };
}

test('the real server: a conversation, steps, questions, retry, history and reload', async ({ chat, server, page }) => {
  let answers = 0;
  const chatkit = createChatKit({
    store: memoryStore(),
    authenticate: () => ({ ownerId: 'reader' }),
    cors: { origins: [server.origin] },
    titles: async () => 'A title from the server',
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    async *respond(turn) {
      if (turn.userText === 'questions') {
        await turn.askUser([{ type: 'multiple_choice', id: 'size', question: 'Which size?', options: [{ value: 'Small' }, { value: 'Large' }], multiple: false }]);
        return;
      }
      if (turn.userText === 'steps') {
        const workflow = turn.startWorkflow({ title: 'Looking' });
        workflow.addTask({ type: 'custom', title: 'Opened the drawer', status_indicator: 'complete' });
      }
      answers += 1;
      yield `Answer **${answers}** `;
      yield `to ${turn.userText ?? 'what was chosen'}.`;
    },
  });
  const api = createServer(bridge(chatkit));
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  try {
    const csp = server.pages.get('/')?.headers?.['content-security-policy'] ?? '';
    const html = server.pages.get('/');
    if (html) server.pages.set('/', { ...html, headers: { 'content-security-policy': csp.replace("connect-src 'self'", `connect-src 'self' ${origin}`) } });
    const options = { api: { url: `${origin}/agent/chatkit`, domainKey: 'local' }, threadItemActions: { feedback: true, retry: true } };
    await chat.open(options);
    await chat.send('first');
    await expect(chat.log).toContainText('Answer 1 to first.');
    await chat.idle();
    await expect(page.getByRole('heading', { name: 'A title from the server' })).toBeVisible();
    await page.getByRole('button', { name: 'Good response' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(chat.log).toContainText('Answer 2 to first.');
    await chat.idle();
    await chat.send('steps');
    await expect(chat.log).toContainText('Answer 3 to steps.');
    await chat.idle();
    await expect(chat.log.locator('.workflow')).toHaveCount(1);
    await chat.send('questions');
    await page.getByRole('radio', { name: 'Large' }).check();
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(chat.log).toContainText('Answered');
    await expect(chat.log).toContainText('Answer 4');
    await chat.idle();
    const shown = await chat.log.innerText();

    const threadId = (await chat.events()).find((event) => event.name === 'thread.change')?.detail?.['threadId'];
    await page.reload();
    await chat.setOptions({ ...options, initialThread: threadId });
    await expect(chat.log).toContainText('Answer 4');
    expect((await chat.log.innerText()).replace(/\s+/g, ' ')).toBe(shown.replace(/\s+/g, ' '));
    await page.getByRole('button', { name: 'Chat history' }).click();
    await page.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(chat.element.getByText('No chats yet')).toBeVisible();
  } finally {
    chat.foreign.splice(0, chat.foreign.length, ...chat.foreign.filter((url) => !url.startsWith(origin)));
    await chatkit.close();
    api.closeAllConnections();
    api.close();
  }
});
