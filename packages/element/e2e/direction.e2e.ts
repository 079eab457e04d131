import { expect, test } from './support/fixtures.js';
import type { Chat } from './support/fixtures.js';
import type { ProtocolServer } from './support/protocol-server.js';
import { chartCard } from './support/samples.js';

const arabic = 'الإجمالي (3).';
const english = 'Total (3).';

function card(text: string): Record<string, unknown> {
  return {
    type: 'Card',
    status: { text },
    confirm: { label: text, action: { type: 'a' } },
    children: [
      { type: 'Title', value: text },
      { type: 'Text', value: text },
      { type: 'Text', value: text, textAlign: 'end', maxLines: 1 },
      { type: 'Caption', value: text },
      { type: 'Markdown', value: text },
      { type: 'Badge', label: text },
      { type: 'Label', value: text, fieldName: 'field' },
      { type: 'Input', name: 'field', defaultValue: text },
      { type: 'Textarea', name: 'area', defaultValue: text },
      { type: 'Text', value: text, editable: { name: 'editable' } },
      { type: 'Checkbox', name: 'box', label: text },
      { type: 'RadioGroup', name: 'radio', options: [{ label: text, value: '1' }] },
      { type: 'Button', label: text, onClickAction: { type: 'b' } },
    ],
  };
}

async function show(chat: Chat, server: ProtocolServer, widgets: Record<string, unknown>[], locale: string): Promise<void> {
  const thread = server.book.create({ title: 'Widgets' });
  for (const widget of widgets) server.book.add(thread, 'widget', { widget });
  await chat.open({ locale, initialThread: thread.id });
  await expect(chat.log.getByRole('article')).toHaveCount(widgets.length);
}

for (const { locale, text, direction } of [
  { locale: 'ar', text: english, direction: 'ltr' },
  { locale: 'en', text: arabic, direction: 'rtl' },
]) {
  test(`the texts of a widget go by their own direction: ${direction} in a chat in ${locale}`, async ({ chat, server }) => {
    await show(chat, server, [card(text)], locale);
    const directions = await chat.log.locator('.w-card').evaluate((element, value) => {
      const holders = [...element.querySelectorAll<HTMLElement>('*')].filter((candidate) => {
        const own = candidate instanceof HTMLInputElement || candidate instanceof HTMLTextAreaElement ? candidate.value : [...candidate.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join('');
        return own.trim() === value;
      });
      return holders.map((holder) => getComputedStyle(holder).direction);
    }, text);
    expect(directions).toHaveLength(15);
    expect(new Set(directions)).toEqual(new Set([direction]));
    const side = async (selector: string): Promise<number> =>
      chat.log.locator(selector).first().evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const box = element.getBoundingClientRect();
        const inside = range.getBoundingClientRect();
        return inside.left - box.left - (box.right - inside.right);
      });
    // What starts a line stands where lines of the interface start, what ends one at the other side.
    const sign = locale === 'ar' ? 1 : -1;
    for (const selector of ['.w-title', '.w-text', '.w-caption', '.w-markdown p']) expect(Math.sign(await side(selector)), selector).toBe(sign);
    expect(Math.sign(await side('.w-text.end-of-line'))).toBe(-sign);
  });
}

test('a chart runs from left to right in a chat from right to left', async ({ chat, server }) => {
  await show(chat, server, [chartCard], 'ar');
  await expect(chat.log.locator('.w-chart svg')).toHaveCSS('direction', 'ltr');
  const overlaps = await chat.log.locator('.w-chart svg').evaluate((element) => {
    const ticks = [...element.querySelectorAll('.tick[text-anchor=end]')].map((tick) => tick.getBoundingClientRect().right);
    const grid = element.querySelector('.grid')?.getBoundingClientRect().left ?? 0;
    return ticks.filter((right) => right > grid).length;
  });
  expect(overlaps).toBe(0);
});
