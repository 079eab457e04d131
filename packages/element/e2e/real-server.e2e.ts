import { createChatKit, defineActions } from '@chatkit-selfhost/core';
import { z } from 'zod';
import { expect, test } from './support/fixtures.js';
import { withRealServer } from './support/real-server.js';
import { picture } from './support/samples.js';

test('the real server: a conversation, steps, questions, retry, history and reload', async ({ chat, page }) => {
  let answers = 0;
  await withRealServer(chat, (base) => createChatKit({
    ...base,
    titles: async () => 'A title from the server',
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
  }), async (api) => {
    const options = { api, threadItemActions: { feedback: true, retry: true } };
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
  });
});

test('the real server: a form, its action and the widget in place of it', async ({ chat, page }) => {
  const actions = defineActions({ order: { payload: z.object({ sku: z.string() }), form: z.object({ units: z.string() }) } });
  const seen: unknown[] = [];
  await withRealServer(chat, (base) => createChatKit({
    ...base,
    actions,
    onAction: {
      order: async (turn, { payload }) => {
        seen.push(payload);
        await turn.sendText(`Ordered ${payload.units}.`);
        return { type: 'Card', children: [{ type: 'Text', value: `${payload.units} of ${payload.sku} are on their way` }] };
      },
    },
    async respond(turn) {
      await turn.sendWidget({ type: 'Card', asForm: true, confirm: { label: 'Order', action: actions.order({ sku: 'A-1023' }) }, children: [{ type: 'Input', name: 'units', placeholder: 'Units', required: true }] });
    },
  }), async (api) => {
    await chat.open({ api });
    await chat.send('Order form');
    await page.getByRole('textbox', { name: 'Units' }).fill('1200');
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await expect(chat.log).toContainText('1200 of A-1023 are on their way');
    await expect(chat.log).toContainText('Ordered 1200.');
    await expect(page.getByRole('textbox', { name: 'Units' })).toHaveCount(0);
    expect(seen).toEqual([{ sku: 'A-1023', units: '1200' }]);
  });
});

test('the real server: a client tool, a generated image, an attachment and dictation', async ({ chat, server, page }) => {
  await withRealServer(chat, (base) => createChatKit({
    ...base,
    transcribe: async (audio) => (audio.size > 0 ? 'Dictated to the server' : ''),
    uploads: {
      begin: async (file) => ({ descriptor: { url: `${server.origin}/upload/${file.id}`, method: 'PUT', headers: { 'x-upload': 'signed' } }, ...(file.mimeType.startsWith('image/') ? { previewUrl: picture } : {}) }),
      read: async () => null,
      delete: async () => undefined,
    },
    async *respond(turn) {
      if (turn.trigger.type === 'client_tool_output') {
        yield `The page says ${JSON.stringify(turn.trigger.item.output)}.`;
      } else if (turn.userText === 'tool') {
        await turn.callClientTool({ name: 'get_selection', arguments: { unit: 'cm' } });
      } else if (turn.userText === 'draw') {
        yield { type: 'thread.item.done', item: { type: 'generated_image', id: turn.newId('message'), image: { id: 'image', url: picture } } };
      } else {
        yield `Got ${turn.message?.attachments.map(({ name }) => name).join()}.`;
      }
    },
  }), async (api) => {
    await chat.open({ api: { ...api, uploadStrategy: { type: 'two_phase' } } });
    await page.evaluate((given) => {
      const element = document.querySelector('openai-chatkit') as unknown as { setOptions: (options: unknown) => void };
      element.setOptions({ api: given, onClientTool: ({ name, params }: { name: string; params: object }) => ({ name, ...params }), composer: { attachments: { enabled: true }, dictation: { enabled: true } } });
    }, { ...api, uploadStrategy: { type: 'two_phase' } });
    await chat.send('tool');
    await expect(chat.log).toContainText('The page says {"name":"get_selection","unit":"cm"}.');
    await chat.idle();
    await chat.send('draw');
    await expect(page.getByRole('img', { name: 'Generated image' })).toBeVisible();
    await chat.idle();
    await chat.element.locator('input[type=file]').setInputFiles([{ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') }, { name: 'shelf.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
    await expect(chat.element.locator('.draft-attachment.ready')).toHaveCount(2);
    expect(server.uploads.map((upload) => [upload.method, upload.headers['x-upload']])).toEqual([['PUT', 'signed'], ['PUT', 'signed']]);
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'Stop dictation' }).click();
    await expect(chat.message).toHaveText('Dictated to the server');
    await page.getByRole('button', { name: 'Send message' }).click();
    await expect(chat.log).toContainText('Got list.csv,shelf.png.');
    await expect(chat.log.getByRole('img', { name: 'shelf.png' })).toBeVisible();
  });
});

test('the real server: a thread is locked, then closed', async ({ chat, page }) => {
  await withRealServer(chat, (base) => createChatKit({
    ...base,
    async *respond(turn) {
      await turn.updateThread({ status: turn.userText === 'lock' ? { type: 'locked', reason: 'Waiting for approval' } : { type: 'closed', reason: 'All done here' } });
      yield 'So be it.';
    },
  }), async (api) => {
    await chat.open({ api });
    await chat.send('lock');
    await expect(chat.element.getByText('Waiting for approval')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
    await page.getByRole('button', { name: 'New chat' }).click();
    await chat.send('close');
    await expect(chat.element.getByText('All done here')).toBeVisible();
    await expect(chat.message).toHaveCount(0);
  });
});
