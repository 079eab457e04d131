import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';
import { picture } from './support/samples.js';

type Node = Record<string, unknown> & { type: string };

/** Shows one widget. */
async function show(chat: Chat, server: ProtocolServer, widget: Node): Promise<void> {
  const thread = server.book.create({ title: 'Widget' });
  server.book.add(thread, 'widget', { widget });
  await chat.open({ initialThread: thread.id });
  await expect(chat.log.locator('.widget')).toBeVisible();
}

const card = (...children: Node[]): Node => ({ type: 'Card', children });
const text = (value: string, more: Record<string, unknown> = {}): Node => ({ type: 'Text', value, ...more });

/** What boxes and images have in common, in two halves that would contradict each other, with what comes of it. */
const block = { width: 120, height: 60, minWidth: 20, minHeight: 30, maxWidth: 200, maxHeight: 210, radius: 'xl', margin: { left: 5, y: 1 } };
const blockStyle = { width: '120px', height: '60px', 'min-width': '20px', 'min-height': '30px', 'max-width': '200px', 'max-height': '210px', 'border-top-left-radius': '12px', 'margin-left': '20px', 'margin-top': '4px' };
const square = { size: 90, minSize: 40, maxSize: 95, aspectRatio: 2 };
const squareStyle = { width: '90px', height: '90px', 'min-width': '40px', 'min-height': '40px', 'max-width': '95px', 'max-height': '95px', 'aspect-ratio': '2 / 1' };

for (const type of ['Box', 'Row', 'Col', 'Form']) {
  test(`${type} takes size, spacing, border, background and its place in the line`, async ({ chat, server }) => {
    const direction = type === 'Row' ? 'row' : 'column';
    await show(chat, server, {
      type: 'Basic',
      children: [
        { type, align: 'end', justify: 'between', wrap: 'wrap', gap: 2, padding: { x: 3, top: 1 }, border: { bottom: { size: 3, color: 'strong', style: 'dashed' } }, background: { light: '#ff0000', dark: '#00ff00' }, ...block, children: [text('one')] },
        { type, flex: '1 1 auto', direction: 'row', ...square, children: [text('two')] },
      ],
    });
    const boxes = chat.log.locator('.w-basic > .w-box');
    const expected = { 'flex-direction': direction, 'align-items': 'flex-end', 'justify-content': 'space-between', 'flex-wrap': 'wrap', 'column-gap': '8px', 'padding-left': '12px', 'padding-top': '4px', 'border-bottom-style': 'dashed', 'border-bottom-width': '3px', 'background-color': 'rgb(255, 0, 0)', ...blockStyle };
    for (const [property, value] of Object.entries(expected)) await expect(boxes.first()).toHaveCSS(property, value);
    for (const [property, value] of Object.entries({ 'flex-grow': '1', 'flex-direction': type === 'Col' ? 'column' : 'row', ...squareStyle })) await expect(boxes.last()).toHaveCSS(property, value);
  });
}

test('spacers and dividers take their size, colour and distance', async ({ chat, server }) => {
  await show(chat, server, card({ type: 'Spacer', minSize: 12 }, { type: 'Divider', color: '#00f', size: 4, spacing: 3, flush: true }));
  await expect(chat.log.locator('.w-spacer')).toHaveCSS('min-width', '12px');
  const divider = chat.log.locator('.w-divider.flush');
  for (const [property, value] of Object.entries({ 'border-top-color': 'rgb(0, 0, 255)', 'border-top-width': '4px', 'margin-top': '12px', 'margin-left': '-16px' })) await expect(divider).toHaveCSS(property, value);
});

test('texts are cut after one line or several, hold room for lines to come, and take weight, size, colour and side', async ({ chat, server }) => {
  const long = 'Many words in one line that is much longer than the card it is in. '.repeat(6);
  await show(chat, server, card(
    text(long, { truncate: true, weight: 'bold', size: 'xl', color: 'danger', width: 250 }),
    text(long, { maxLines: 2 }),
    text('short', { minLines: 4, italic: true, lineThrough: true, textAlign: 'center' }),
    { type: 'Title', value: long, truncate: true, size: '2xl', weight: 'medium', color: '#123456' },
    { type: 'Title', value: long, maxLines: 3, textAlign: 'end' },
    { type: 'Caption', value: long, maxLines: 1, size: 'lg', weight: 'semibold', color: 'tertiary', textAlign: 'center' },
    { type: 'Caption', value: long, truncate: true },
    { type: 'Label', value: 'Name', fieldName: 'name', size: 'lg', weight: 'bold', textAlign: 'center', color: 'success' },
    { type: 'Input', name: 'name' },
  ));
  const texts = chat.log.locator('.w-text');
  const lines = async (selector: string, index: number): Promise<number> =>
    chat.log.locator(selector).nth(index).evaluate((element) => Math.round(element.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(element).lineHeight)));
  expect([await lines('.w-text', 0), await lines('.w-text', 1), await lines('.w-title', 0), await lines('.w-title', 1), await lines('.w-caption', 0), await lines('.w-caption', 1)]).toEqual([1, 2, 1, 3, 1, 1]);
  await expect(texts.nth(0)).toHaveCSS('text-overflow', 'ellipsis');
  for (const [property, value] of Object.entries({ 'font-weight': '700', 'font-size': '20px', width: '250px' })) await expect(texts.nth(0)).toHaveCSS(property, value);
  for (const [property, value] of Object.entries({ 'min-height': '96px', 'font-style': 'italic', 'text-decoration-line': 'line-through', 'text-align': 'center' })) await expect(texts.nth(2)).toHaveCSS(property, value);
  const titles = chat.log.locator('.w-title');
  for (const [property, value] of Object.entries({ 'font-weight': '500', 'font-size': '28px', color: 'rgb(18, 52, 86)' })) await expect(titles.nth(0)).toHaveCSS(property, value);
  await expect(titles.nth(1)).toHaveCSS('text-align', 'right');
  for (const [property, value] of Object.entries({ 'font-weight': '600', 'font-size': '14px', 'text-align': 'center' })) await expect(chat.log.locator('.w-caption').first()).toHaveCSS(property, value);
  for (const [property, value] of Object.entries({ 'font-weight': '700', 'font-size': '18px', 'text-align': 'center' })) await expect(chat.log.locator('.w-label')).toHaveCSS(property, value);
});

test('a card has its size, padding, border, background and scheme, and opens when it was collapsed', async ({ chat, server, page }) => {
  await show(chat, server, { type: 'Card', size: 'sm', padding: 5, border: 2, background: 'surface-secondary', theme: 'dark', collapsed: true, status: { text: 'Order', favicon: picture, frame: true }, children: [text('Inside')] });
  const box = chat.log.locator('.w-card');
  for (const [property, value] of Object.entries({ width: '352px', 'border-top-width': '2px', 'color-scheme': 'dark' })) await expect(box).toHaveCSS(property, value);
  await expect(chat.log.locator('.w-status img.framed')).toBeVisible();
  await expect(chat.log.getByText('Inside')).toHaveCount(0);
  const toggle = page.getByRole('button', { name: 'Show details' });
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await toggle.click();
  await expect(chat.log.getByText('Inside')).toBeVisible();
  await expect(chat.log.locator('.w-card-body')).toHaveCSS('padding-left', '20px');
  await toggle.click();
  await expect(chat.log.getByText('Inside')).toHaveCount(0);
});

test('a list shows five entries by itself, the rest when asked, in its scheme', async ({ chat, server, page }) => {
  const entry = (index: number): Node => ({ type: 'ListViewItem', gap: 6, align: 'start', children: [text(`Entry ${index}`)] });
  await show(chat, server, { type: 'ListView', limit: 'auto', theme: 'dark', status: { text: 'Entries', icon: 'cube' }, children: Array.from({ length: 8 }, (_, index) => entry(index)) });
  await expect(chat.log.locator('.w-entry')).toHaveCount(5);
  for (const [property, value] of Object.entries({ 'column-gap': '24px', 'align-items': 'flex-start', 'color-scheme': 'dark' })) await expect(chat.log.locator('.w-entry').first()).toHaveCSS(property, value);
  await expect(chat.log.locator('.w-status .icon')).toBeVisible();
  await page.getByRole('button', { name: 'Show 3 more' }).click();
  await expect(chat.log.locator('.w-entry')).toHaveCount(8);
});

test('a basic root arranges its children in its scheme', async ({ chat, server }) => {
  await show(chat, server, { type: 'Basic', theme: 'dark', direction: 'row', gap: 4, padding: 2, align: 'center', justify: 'end', children: [text('One'), text('Two')] });
  for (const [property, value] of Object.entries({ 'flex-direction': 'row', 'column-gap': '16px', 'padding-top': '8px', 'align-items': 'center', 'justify-content': 'flex-end', 'color-scheme': 'dark' })) await expect(chat.log.locator('.w-basic')).toHaveCSS(property, value);
});

test('badges, icons and images take colour, variant, size, shape, frame and fit', async ({ chat, server }) => {
  await show(chat, server, card(
    { type: 'Badge', label: 'Late', color: 'danger', variant: 'outline', size: 'lg', pill: false },
    { type: 'Icon', name: 'star', size: '3xl', color: '#010203' },
    { type: 'Image', src: picture, alt: 'One', ...block },
    { type: 'Image', src: picture, alt: 'Two', ...square },
    { type: 'Image', src: picture, alt: 'Shelf', frame: true, fit: 'contain', position: 'top left', flush: true, width: 80, height: 70, radius: 'full' },
  ));
  const badge = chat.log.locator('.w-badge');
  await expect(badge).toHaveCSS('font-size', '14px');
  await expect(badge).not.toHaveCSS('border-top-left-radius', '999px');
  await expect(badge).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await expect(chat.log.locator('.w-icon')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(chat.log.locator('.w-icon .icon')).toHaveCSS('width', '32px');
  for (const [property, value] of Object.entries(blockStyle)) await expect(chat.log.getByRole('img', { name: 'One' })).toHaveCSS(property, value);
  for (const [property, value] of Object.entries(squareStyle)) await expect(chat.log.getByRole('img', { name: 'Two' })).toHaveCSS(property, value);
  const image = chat.log.getByRole('img', { name: 'Shelf' });
  for (const [property, value] of Object.entries({ 'object-fit': 'contain', 'object-position': '0% 0%', width: '80px', height: '70px', 'margin-left': '-16px', 'border-top-width': '1px' })) await expect(image).toHaveCSS(property, value);
});

test('buttons take icons, colour, variant, size, shape and width, and may be disabled', async ({ chat, server, page }) => {
  const action = { type: 'press' };
  await show(chat, server, card(
    { type: 'Button', label: 'Wide', iconStart: 'star', iconEnd: 'chevron-right', iconSize: '2xl', color: 'success', variant: 'solid', size: '3xl', block: true, pill: false, onClickAction: action },
    { type: 'Button', iconStart: 'lucide:rocket', uniform: true, size: 'sm', style: 'primary', onClickAction: action },
    { type: 'Button', label: 'Off', disabled: true, variant: 'soft', onClickAction: action },
    { type: 'Button', label: 'Quiet', variant: 'ghost', style: 'secondary', onClickAction: action },
  ));
  const wide = page.getByRole('button', { name: 'Wide' });
  await expect(wide.locator('.icon')).toHaveCount(2);
  await expect(wide.locator('.icon').first()).toHaveCSS('width', '28px');
  await expect(wide).toHaveCSS('border-top-left-radius', '8px');
  expect((await wide.boundingBox())?.height).toBe(48);
  expect(await wide.evaluate((button) => button.clientWidth > 380)).toBe(true);
  const uniform = await page.getByRole('button', { name: 'rocket' }).boundingBox();
  expect([uniform?.width, uniform?.height]).toEqual([28, 28]);
  await expect(page.getByRole('button', { name: 'Off' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Quiet' })).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
});

test('cells of a table span, align and have their width', async ({ chat, server }) => {
  const cell = (value: string, more: Record<string, unknown> = {}): Node => ({ type: 'Table.Cell', children: [text(value)], ...more });
  await show(chat, server, card({ type: 'Table', children: [
    { type: 'Table.Row', header: true, children: [cell('A', { colSize: 'md' }), cell('B', { width: 70, padding: { x: 5 } })] },
    { type: 'Table.Row', children: [cell('Both', { colSpan: 2, align: 'center', vAlign: 'end' })] },
    { type: 'Table.Row', children: [cell('Tall', { rowSpan: 2 }), cell('1')] },
    { type: 'Table.Row', children: [cell('2')] },
  ] }));
  await expect(chat.log.getByRole('columnheader')).toHaveText(['A', 'B']);
  await expect(chat.log.locator('th').nth(1)).toHaveCSS('padding-left', '20px');
  expect(await chat.log.locator('th').evaluateAll((cells) => cells.map((element) => (element as HTMLElement).style.width))).toEqual(['144px', '70px']);
  const both = chat.log.getByRole('cell', { name: 'Both' });
  await expect(both).toHaveAttribute('colspan', '2');
  await expect(both).toHaveCSS('text-align', 'center');
  await expect(both).toHaveCSS('vertical-align', 'bottom');
  await expect(chat.log.getByRole('cell', { name: 'Tall' })).toHaveAttribute('rowspan', '2');
});

test('fields take type, pattern, autofill, selection, variant, size, gutter and shape; text areas their rows', async ({ chat, server, page }) => {
  await show(chat, server, card(
    { type: 'Input', name: 'mail', inputType: 'email', placeholder: 'Mail', pattern: '.+@.+', defaultValue: 'a@b.c', allowAutofillExtensions: true, autoSelect: true, variant: 'soft', size: 'xl', gutterSize: 'xl', pill: true, required: true },
    { type: 'Input', name: 'off', placeholder: 'Off', disabled: true },
    { type: 'Textarea', name: 'notes', placeholder: 'Notes', rows: 2, maxRows: 4, autoResize: true, autoSelect: true, allowAutofillExtensions: true, defaultValue: 'Some', variant: 'soft', size: 'sm', gutterSize: 'sm', required: true },
    { type: 'Textarea', name: 'closed', placeholder: 'Closed', disabled: true },
    text('Title', { editable: { name: 'title', placeholder: 'Title', pattern: 'T.*', required: true, autoSelect: true, autoComplete: 'name' } }),
  ));
  const mail = page.getByRole('textbox', { name: 'Mail' });
  for (const [attribute, value] of Object.entries({ type: 'email', pattern: '.+@.+', autocomplete: 'on', required: '' })) await expect(mail).toHaveAttribute(attribute, value);
  for (const [property, value] of Object.entries({ 'border-top-left-radius': '999px', 'padding-left': '16px', 'min-height': '40px' })) await expect(mail).toHaveCSS(property, value);
  await expect(mail).toHaveClass(/soft/);
  await mail.focus();
  await page.keyboard.type('x');
  await expect(mail).toHaveValue('x');
  await expect(page.getByRole('textbox', { name: 'Off' })).toBeDisabled();
  await expect(page.getByRole('textbox', { name: 'Closed' })).toBeDisabled();
  const notes = page.getByRole('textbox', { name: 'Notes' });
  for (const [attribute, value] of Object.entries({ rows: '2', autocomplete: 'on', required: '' })) await expect(notes).toHaveAttribute(attribute, value);
  const before = (await notes.boundingBox())?.height ?? 0;
  await notes.focus();
  await page.keyboard.type('replaced');
  await expect(notes).toHaveValue('replaced');
  await notes.fill('line\n'.repeat(20));
  const after = (await notes.boundingBox())?.height ?? 0;
  expect(after).toBeGreaterThan(before);
  expect(after).toBeLessThanOrEqual(4 * 24 + 16);
  const title = page.getByRole('textbox', { name: 'Title' });
  for (const [attribute, value] of Object.entries({ pattern: 'T.*', required: '', autocomplete: 'name' })) await expect(title).toHaveAttribute(attribute, value);
});

test('a text area with autoFocus is focused when it comes in', async ({ chat, server, page }) => {
  await show(chat, server, card({ type: 'Textarea', name: 'notes', placeholder: 'Notes', autoFocus: true }));
  await expect(page.getByRole('textbox', { name: 'Notes' })).toBeFocused();
});

test('choices are cleared, limited and disabled, and run their action when they change', async ({ chat, server, page }) => {
  const onChangeAction = { type: 'changed', streaming: false };
  const options = [{ value: 'a', label: 'Alpha' }, { value: 'b', label: 'Beta', disabled: true }];
  const shape = { variant: 'soft', size: 'sm', pill: true, block: true };
  await show(chat, server, card(
    { type: 'Select', name: 'select', placeholder: 'Pick', options, defaultValue: 'a', clearable: true, onChangeAction, ...shape },
    { type: 'DatePicker', name: 'date', placeholder: 'Day', min: '2026-01-01T00:00:00Z', max: '2026-12-31T00:00:00Z', defaultValue: '2026-03-02', clearable: true, onChangeAction, ...shape },
    { type: 'Checkbox', name: 'check', label: 'Check', required: true, onChangeAction },
    { type: 'RadioGroup', name: 'radio', ariaLabel: 'Radio', direction: 'col', required: true, options, onChangeAction },
    { type: 'Select', name: 'off-select', placeholder: 'Off', options, disabled: true },
    { type: 'DatePicker', name: 'off-date', placeholder: 'Off day', disabled: true },
    { type: 'Checkbox', name: 'off-check', label: 'Off check', disabled: true, defaultChecked: true },
    { type: 'RadioGroup', name: 'off-radio', ariaLabel: 'Off radio', disabled: true, defaultValue: 'a', options },
  ));
  const select = page.getByRole('combobox', { name: 'Pick' });
  const date = chat.log.getByLabel('Day', { exact: true });
  await expect(select).toHaveValue('a');
  await expect(select).toHaveClass(/soft.*control-sm.*pill.*block/);
  await expect(select.locator('option[value=b]')).toHaveAttribute('disabled', '');
  for (const [attribute, value] of Object.entries({ min: '2026-01-01', max: '2026-12-31' })) await expect(date).toHaveAttribute(attribute, value);
  const payloads = (): unknown[] => server.requestsOf('threads.sync_custom_action').map((request) => (request.params['action'] as { payload?: unknown }).payload);
  await chat.log.getByRole('button', { name: 'Clear' }).first().click();
  await expect(select).toHaveValue('');
  await expect.poll(payloads).toEqual([{ select: '' }]);
  await chat.log.getByRole('button', { name: 'Clear' }).last().click();
  await expect(date).toHaveValue('');
  await page.getByRole('checkbox', { name: 'Check', exact: true }).check();
  await page.getByRole('radio', { name: 'Alpha' }).first().check();
  await expect.poll(payloads).toEqual([{ select: '' }, { date: '' }, { check: true }, { radio: 'a' }]);
  await expect(page.getByRole('checkbox', { name: 'Check', exact: true })).toHaveAttribute('required', '');
  await expect(page.getByRole('radiogroup', { name: 'Radio', exact: true })).toHaveCSS('flex-direction', 'column');
  await expect(page.getByRole('radio', { name: 'Beta' }).first()).toBeDisabled();
  await expect(page.getByRole('combobox', { name: 'Off' })).toBeDisabled();
  await expect(chat.log.getByLabel('Off day')).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: 'Off check' })).toBeDisabled();
  await expect(page.getByRole('radiogroup', { name: 'Off radio' }).getByRole('radio', { name: 'Alpha' })).toBeDisabled();
});

test('a form is sent by its button of type submit, with the values of its fields', async ({ chat, server, page }) => {
  await show(chat, server, card({ type: 'Form', direction: 'row', gap: 3, onSubmitAction: { type: 'ask', payload: { from: 'form' } }, children: [{ type: 'Input', name: 'question', placeholder: 'Question' }, { type: 'Button', label: 'Ask', submit: true }] }));
  const form = chat.log.locator('form');
  await expect(form).toHaveCSS('flex-direction', 'row');
  await page.getByRole('textbox', { name: 'Question' }).fill('Why?');
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect.poll(() => server.requestsOf('threads.custom_action')[0]?.params['action']).toEqual({ type: 'ask', payload: { question: 'Why?', from: 'form' } });
});

for (const { behavior, busy } of [
  { behavior: 'self', busy: 'the button' },
  { behavior: 'container', busy: 'the card' },
  { behavior: 'none', busy: 'nothing' },
]) {
  test(`loadingBehavior ${behavior}: ${busy} shows that the action runs`, async ({ chat, server, page }) => {
    await show(chat, server, card({ type: 'Button', label: 'Go', onClickAction: { type: 'go', loadingBehavior: behavior } }));
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    // eslint-disable-next-line require-yield
    server.respond = async function* () {
      await gate;
    };
    await page.getByRole('button', { name: 'Go' }).click();
    await expect.poll(() => server.requestsOf('threads.custom_action').length).toBe(1);
    await expect(chat.log.locator('.w-button[aria-busy]')).toHaveCount(behavior === 'self' ? 1 : 0);
    await expect(chat.log.locator('.w-card.running')).toHaveCount(behavior === 'container' ? 1 : 0);
    finish();
    await chat.idle();
    await expect(page.getByRole('button', { name: 'Go' })).toBeEnabled();
  });
}
