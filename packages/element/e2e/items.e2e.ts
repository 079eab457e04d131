import { done, Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import { picture } from './support/samples.js';

test('a workflow shows its running step, then folds into its summary and opens again', async ({ chat, server, page }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    const item = reply.item('workflow', { workflow: { type: 'reasoning', tasks: [] } });
    yield { type: 'thread.item.added', item };
    const task = { type: 'thought', content: 'Weighing **options**' };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'workflow.task.added', task_index: 0, task: { type: 'web_search', title: 'Looking around', queries: ['hinges'] } } };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'workflow.task.added', task_index: 1, task } };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'workflow.task.updated', task_index: 1, task: { ...task, content: 'Weighing **all options**' } } };
    await gate.passed;
    yield { type: 'thread.item.done', item: { ...item, workflow: { type: 'reasoning', summary: { duration: 7 }, tasks: [task] } } };
    yield done(reply, 'task', { task: { type: 'custom', title: 'Filed the result', content: 'In the drawer' } });
  };
  await chat.open();
  await chat.send('Think');
  await expect(chat.log.getByText('Thinking')).toBeVisible();
  gate.open();
  const summary = page.getByRole('button', { name: 'Thought for 7 s' });
  await expect(summary).toHaveAttribute('aria-expanded', 'false');
  await summary.click();
  await expect(chat.log.getByText('Weighing options')).toBeVisible();
  await summary.click();
  await expect(chat.log.getByText('Weighing options')).toBeHidden();
  await expect(chat.log.getByText('Filed the result')).toBeVisible();
});

test('a generated image shows its progress, then the picture', async ({ chat, server, page }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    const item = reply.item('generated_image', {});
    yield { type: 'thread.item.added', item };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'generated_image.updated', image: { id: 'i', url: picture }, progress: 0.4 } };
    await gate.passed;
    yield { type: 'thread.item.done', item: { ...item, image: { id: 'i', url: picture } } };
  };
  await chat.open();
  await chat.send('Draw');
  await expect(page.getByRole('progressbar', { name: 'Creating image' })).toHaveAttribute('aria-valuenow', '40');
  gate.open();
  await expect(page.getByRole('img', { name: 'Generated image' })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('a structured input is answered, with a choice, an own answer and a skipped question', async ({ chat, server, page }) => {
  const inputs = [
    { type: 'multiple_choice', id: 'size', question: 'Which size?', options: [{ value: 'Small' }, { value: 'Large' }], multiple: false },
    { type: 'multiple_choice', id: 'colors', question: 'Which colours?', options: [{ value: 'Red' }, { value: 'Blue' }], multiple: true },
    { type: 'freeform', id: 'why', question: 'Why?', description: 'Briefly' },
  ];
  server.respond = (reply) => (reply.request.type === 'threads.create' ? [done(reply, 'structured_input', { status: 'pending', inputs })] : streamText(reply, 'Noted.'));
  await chat.open();
  await chat.send('Order');
  await page.getByRole('radio', { name: 'Large' }).check();
  await page.getByRole('checkbox', { name: 'Red' }).check();
  await page.getByRole('textbox', { name: 'Other answer: Which colours?' }).fill('Teal');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(chat.log.getByText('Answered')).toBeVisible();
  await expect(chat.log.getByText('Red, Teal')).toBeVisible();
  await expect(chat.log).toContainText('Noted.');
  expect(server.requestsOf('threads.add_structured_input')[0]?.params['input']).toEqual({
    status: 'answered',
    answers: { size: { values: ['Large'], skipped: false }, colors: { values: ['Red', 'Teal'], skipped: false }, why: { values: [], skipped: true } },
  });
});

test('a structured input can be skipped', async ({ chat, server, page }) => {
  server.respond = (reply) =>
    reply.request.type === 'threads.create' ? [done(reply, 'structured_input', { status: 'pending', inputs: [{ type: 'freeform', id: 'a', question: 'Why?' }] })] : [];
  await chat.open();
  await chat.send('Ask');
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(chat.log.locator('.structured-status')).toHaveText('Skipped');
  expect(server.requestsOf('threads.add_structured_input')[0]?.params['input']).toEqual({ status: 'skipped', answers: {} });
});

test('citations lead to their sources, interactive entities to the page', async ({ chat, server, page }) => {
  const text = 'Stock is low. See the plan.';
  server.respond = (reply) => [
    done(reply, 'assistant_message', {
      content: [
        {
          type: 'output_text',
          text,
          annotations: [
            { type: 'annotation', index: 13, source: { type: 'url', title: 'Stock list', url: 'https://stock.example/list', description: 'All of it' } },
            { type: 'annotation', index: 27, source: { type: 'entity', id: 'plan-1', title: 'Plan', icon: 'document', interactive: true, data: { page: '3' } } },
            { type: 'annotation', index: 27, source: { type: 'file', title: 'Plan file', filename: 'plan.pdf' } },
          ],
        },
      ],
    }),
  ];
  await chat.open();
  await page.evaluate(() => {
    const element = document.querySelector('openai-chatkit') as unknown as { setOptions: (options: unknown) => void };
    element.setOptions({
      api: { url: '/chatkit', domainKey: 'x' },
      entities: {
        onClick: (entity: unknown) => ((window as unknown as { clicked: unknown }).clicked = entity),
        onRequestPreview: async () => ({ preview: { type: 'Basic', children: [{ type: 'Text', value: 'Preview of the plan' }] } }),
      },
    });
  });
  await chat.send('Stock?');
  const link = chat.log.getByRole('link', { name: 'stock.example' });
  await expect(link).toHaveAttribute('href', 'https://stock.example/list');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await chat.log.locator('.citation.entity').hover();
  await expect(page.getByText('Preview of the plan')).toBeVisible();
  await chat.log.locator('.citation.entity').click();
  expect(await page.evaluate(() => (window as unknown as { clicked: unknown }).clicked)).toMatchObject({ id: 'plan-1', title: 'Plan', data: { page: '3' } });
  await page.getByRole('button', { name: 'Sources 3' }).click();
  await expect(chat.log.locator('.source-list li')).toHaveCount(3);
});

test('progress, notices and unknown events and items: shown, or calmly left out', async ({ chat, server, page }) => {
  const gate = new Gate();
  server.respond = async function* (reply) {
    yield { type: 'progress_update', text: 'Reading the shelf', icon: 'search' };
    yield { type: 'notice', level: 'info', title: 'Good to know', message: 'Prices are **net**.' };
    yield { type: 'some.future.event', value: 1 };
    yield { type: 'thread.item.added', item: reply.item('hologram', { spin: true }) };
    yield { type: 'thread.item.updated', item_id: 'nowhere', update: { type: 'unknown' } };
    await gate.passed;
    yield* streamText(reply, 'Read.');
  };
  await chat.open();
  await chat.send('Go');
  await expect(chat.element.getByText('Reading the shelf')).toBeVisible();
  await expect(chat.element.getByText('Good to know')).toBeVisible();
  gate.open();
  await expect(chat.log).toContainText('Read.');
  await expect(chat.element.getByText('Reading the shelf')).toBeHidden();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(chat.element.getByText('Good to know')).toBeHidden();
  await expect(chat.log.getByRole('article')).toHaveCount(2);
});

test('an item announced twice is shown once, with its latest state', async ({ chat, server }) => {
  server.respond = (reply) => {
    const item = reply.item('assistant_message', { content: [{ type: 'output_text', text: 'First half', annotations: [] }] });
    const whole = { ...item, content: [{ type: 'output_text', text: 'First half, second half', annotations: [] }] };
    return [{ type: 'thread.item.added', item }, { type: 'thread.item.added', item: whole }, { type: 'thread.item.done', item: whole }, { type: 'thread.item.done', item: whole }];
  };
  await chat.open();
  await chat.send('Hi');
  await expect(chat.log).toContainText('First half, second half');
  await expect(chat.log.getByRole('article')).toHaveCount(2);
});

test('a client tool runs in the page and its result goes back', async ({ chat, server, page }) => {
  server.respond = (reply) =>
    reply.request.type === 'threads.create'
      ? [done(reply, 'client_tool_call', { status: 'pending', call_id: 'c', name: 'get_selection', arguments: { unit: 'cm', none: null } })]
      : streamText(reply, 'Thanks for the selection.');
  await chat.open();
  await page.evaluate(() => {
    const element = document.querySelector('openai-chatkit') as unknown as { setOptions: (options: unknown) => void };
    element.setOptions({ api: { url: '/chatkit', domainKey: 'x' }, onClientTool: ({ name, params }: { name: string; params: object }) => ({ got: name, params }) });
  });
  await chat.send('What is selected?');
  await expect(chat.log).toContainText('Thanks for the selection.');
  expect(server.requestsOf('threads.add_client_tool_output')[0]?.params['result']).toEqual({ got: 'get_selection', params: { unit: 'cm', none: null } });
  expect((await chat.eventNames()).filter((name) => name.startsWith('response'))).toEqual(['response.start', 'response.end']);
});

test('client effects and deep links reach the page', async ({ chat, server, page }) => {
  server.respond = (reply) => [
    { type: 'client_effect', name: 'highlight', data: { row: 3 } },
    ...streamText(reply, 'Open [the order](chatkit-link://open-order?id=42&view=full).'),
  ];
  await chat.open();
  await chat.send('Hi');
  await page.getByRole('link', { name: 'the order' }).click();
  const events = await chat.events();
  expect(events.find((event) => event.name === 'effect')?.detail).toEqual({ name: 'highlight', data: { row: 3 } });
  expect(events.find((event) => event.name === 'deeplink')?.detail).toEqual({ name: 'open-order', data: { id: '42', view: 'full' } });
});
