import { done, Gate, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';
import { chartCard, formCard, orderCard, picture, supplierList, tableCard } from './support/samples.js';

async function show(chat: Chat, server: ProtocolServer, widgets: Record<string, unknown>[], options: Record<string, unknown> = {}): Promise<string[]> {
  const thread = server.book.create({ title: 'Widgets' });
  const ids = widgets.map((widget) => server.book.add(thread, 'widget', { widget }).id);
  await chat.open({ ...options, initialThread: thread.id });
  await expect(chat.log.getByRole('article')).toHaveCount(widgets.length);
  return ids;
}

const action = (type: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ type, payload: { n: 1 }, ...more });

test('every component is rendered', async ({ chat, server }) => {
  const more = {
    type: 'Basic',
    direction: 'col',
    gap: 2,
    children: [
      { type: 'Box', padding: 2, border: { size: 1, style: 'dashed' }, radius: 'md', background: 'surface-secondary', children: [{ type: 'Text', value: 'In a box', italic: true, lineThrough: true }] },
      { type: 'Text', value: 'Edit me', editable: { name: 'editable', placeholder: 'Editable text' } },
      { type: 'Transition', children: { type: 'Text', value: 'In a transition' } },
      { type: 'Icon', name: 'lucide:rocket', size: 'xl', color: 'blue-500' },
      { type: 'HologramOfTheFuture', children: [{ type: 'Text', value: 'Inside the unknown' }] },
      { type: 'Form', onSubmitAction: action('f'), children: [{ type: 'Input', name: 'age', inputType: 'number', defaultValue: '3', placeholder: 'Age' }] },
    ],
  };
  await show(chat, server, [orderCard, formCard, supplierList, chartCard, tableCard, more]);
  const { log } = chat;
  await expect(log.getByRole('heading', { name: 'A-1023 · Hinge set' })).toBeVisible();
  await expect(log.getByText('Northwind, 1,200 units')).toBeVisible();
  await expect(log.getByRole('img', { name: 'Product' })).toHaveAttribute('src', picture);
  await expect(log.getByText('In stock')).toBeVisible();
  await expect(log.locator('hr.w-divider')).toHaveCount(1);
  await expect(log.locator('.w-markdown strong')).toHaveText('Wednesday');
  await expect(log.getByLabel('Name', { exact: true })).toHaveValue('Contoso');
  await expect(log.getByLabel('Notes')).toBeVisible();
  await expect(log.getByRole('combobox', { name: 'Payment terms' })).toBeVisible();
  await expect(log.getByLabel('First delivery')).toHaveValue('2026-03-02');
  await expect(log.getByRole('radio', { name: 'Low' })).toBeChecked();
  await expect(log.getByRole('checkbox', { name: 'Approved by purchasing' })).toBeChecked();
  await expect(log.getByRole('img', { name: 'Stock, Orders' }).locator('rect[fill]')).toHaveCount(6);
  await expect(log.locator('.w-table').getByRole('columnheader')).toHaveText(['Item', 'Units']);
  await expect(log.getByText('In a box')).toHaveCSS('font-style', 'italic');
  await expect(log.getByRole('textbox', { name: 'Editable text' })).toHaveValue('Edit me');
  await expect(log.getByText('In a transition')).toBeVisible();
  await expect(log.getByText('Inside the unknown')).toBeVisible();
  await expect(log.getByRole('button', { name: 'Show 1 more' })).toBeVisible();
  await log.getByRole('button', { name: 'Show 1 more' }).click();
  await expect(log.getByText('Fabrikam')).toBeVisible();
});

test('a server action streams, shows that it runs and updates the widget in place', async ({ chat, server, page }) => {
  const gate = new Gate();
  const [id] = await show(chat, server, [orderCard]);
  server.respond = async function* () {
    await gate.passed;
    yield { type: 'thread.item.updated', item_id: id, update: { type: 'widget.root.updated', widget: { ...orderCard, status: { text: 'Ordered' }, confirm: undefined, cancel: undefined } } };
  };
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(chat.log.locator('.w-card')).toHaveClass(/running/);
  await expect(chat.log.locator('.w-card')).toHaveAttribute('inert', '');
  gate.open();
  await expect(chat.log.getByText('Ordered')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Place order' })).toHaveCount(0);
  expect(server.requestsOf('threads.custom_action')[0]?.params).toMatchObject({ item_id: id, action: { type: 'order.place', payload: { from: 'widget' } } });
});

test('streamed text grows inside a widget, and single components are replaced', async ({ chat, server }) => {
  server.respond = function* (reply) {
    const item = reply.item('widget', { widget: { type: 'Card', children: [{ type: 'Markdown', id: 'text', value: 'One', streaming: true }, { type: 'Badge', id: 'badge', label: 'Draft' }] } });
    yield { type: 'thread.item.added', item };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'widget.streaming_text.value_delta', component_id: 'text', delta: ', **two**', done: false } };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'widget.streaming_text.value_delta', component_id: 'text', delta: ', three', done: true } };
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'widget.component.updated', component_id: 'badge', component: { type: 'Badge', id: 'badge', label: 'Final' } } };
  };
  await chat.open();
  await chat.send('Go');
  await expect(chat.log.getByRole('article').last()).toContainText('One, two, three');
  await expect(chat.log.locator('.w-markdown strong')).toHaveText('two');
  await expect(chat.log.locator('.w-badge')).toHaveText('Final');
});

test('a form sends its values nested, keeps what the server configured and checks required fields', async ({ chat, server, page }) => {
  server.respond = () => [];
  const card = { ...formCard, children: [...formCard.children, { type: 'Input', name: 'from', placeholder: 'Conflict', defaultValue: 'page' }] };
  await show(chat, server, [card]);
  const name = chat.log.getByLabel('Name', { exact: true });
  await name.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(server.requestsOf('threads.custom_action')).toHaveLength(0);
  await name.fill('Fabrikam');
  await chat.log.getByRole('combobox').selectOption('60');
  await chat.log.getByRole('radio', { name: 'High' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await server.onlyRequestOf('threads.custom_action')).params['action']).toEqual({
    type: 'form.save',
    payload: { supplier: { name: 'Fabrikam' }, notes: '', terms: '60', start: '2026-03-02', priority: 'high', approved: true, from: 'widget' },
  });
  const errors = (await chat.events()).filter((event) => event.name === 'error');
  expect(String(errors[0]?.detail?.['message'])).toContain('"from"');
});

test('a quick action updates its widget while a response streams; a streaming one waits its turn', async ({ chat, server, page }) => {
  const gate = new Gate();
  const widget = {
    type: 'Card',
    children: [
      { type: 'Select', name: 'size', placeholder: 'Size', options: [{ value: 'l', label: 'Large' }], onChangeAction: action('size', { streaming: false, payload: { row: 1 } }) },
      { type: 'Button', label: 'Stream', onClickAction: action('slow') },
    ],
  };
  const [id = ''] = await show(chat, server, [widget]);
  const stored = server.book.threads[0]?.items[0];
  server.syncItem = { ...stored, id, type: 'widget', widget: { type: 'Card', children: [{ type: 'Text', value: 'Large it is' }] } };
  server.respond = async function* (reply) {
    yield* [...streamText(reply, 'Working')].slice(0, 3);
    await gate.passed;
  };
  await chat.send('Start');
  await expect(chat.log).toContainText('Working');
  await page.getByRole('button', { name: 'Stream' }).click();
  await chat.log.getByRole('combobox', { name: 'Size' }).selectOption('l');
  await expect(chat.log).toContainText('Large it is');
  expect(server.requestsOf('threads.custom_action')).toHaveLength(0);
  expect(server.requestsOf('threads.sync_custom_action')[0]?.params).toMatchObject({ item_id: id, action: { type: 'size', payload: { row: 1, size: 'l' } } });
  gate.open();
  await chat.idle();
});

test('a client action goes to the page, with the button busy until it is done', async ({ chat, server, page }) => {
  await show(chat, server, [{ type: 'Card', children: [{ type: 'Button', label: 'Open map', onClickAction: action('map', { handler: 'client' }) }] }]);
  await page.evaluate(() => {
    const element = document.querySelector('openai-chatkit') as unknown as { setOptions: (options: unknown) => void };
    const target = window as unknown as { action: unknown; finish: () => void };
    element.setOptions({
      api: { url: '/chatkit', domainKey: 'x' },
      initialThread: 'thr_000001',
      widgets: {
        onAction: async (given: unknown, item: { id: string; widget: { type: string } }) => {
          target.action = { given, id: item.id, root: item.widget.type };
          await new Promise<void>((resolve) => (target.finish = resolve));
        },
      },
    });
  });
  const button = page.getByRole('button', { name: 'Open map' });
  await button.click();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await expect(button).toBeDisabled();
  await page.evaluate(() => (window as unknown as { finish: () => void }).finish());
  await expect(button).toBeEnabled();
  expect(await page.evaluate(() => (window as unknown as { action: unknown }).action)).toMatchObject({ given: { type: 'map', payload: { n: 1 } }, root: 'Card' });
});

test('what was typed into a widget survives its update', async ({ chat, server, page }) => {
  const card = (label: string): Record<string, unknown> => ({ type: 'Card', children: [{ type: 'Title', value: label }, { type: 'Input', name: 'note', placeholder: 'Note' }, { type: 'Button', label: 'Check', onClickAction: action('check') }] });
  const [id] = await show(chat, server, [card('Before')]);
  server.respond = () => [{ type: 'thread.item.updated', item_id: id, update: { type: 'widget.root.updated', widget: card('After') } }];
  await chat.log.getByRole('textbox', { name: 'Note' }).fill('half a thought');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(chat.log.getByRole('heading', { name: 'After' })).toBeVisible();
  await expect(chat.log.getByRole('textbox', { name: 'Note' })).toHaveValue('half a thought');
});

test('a list item acts by click and key', async ({ chat, server, page }) => {
  await show(chat, server, [supplierList]);
  server.respond = (reply) => [done(reply, 'assistant_message', { content: [{ type: 'output_text', text: 'Opened', annotations: [] }] })];
  await page.getByRole('button', { name: /Northwind/ }).click();
  await expect(chat.log).toContainText('Opened');
  await chat.idle();
  await page.getByRole('button', { name: /Contoso/ }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => server.requestsOf('threads.custom_action').map((request) => request.params['action'])).toEqual([
    { type: 'supplier.open', payload: { name: 'Northwind' } },
    { type: 'supplier.open', payload: { name: 'Contoso' } },
  ]);
});
