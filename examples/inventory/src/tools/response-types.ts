import { defineActions, defineResponseTypes, type WidgetComponent, type WidgetRoot } from '@chatkit-selfhost/core';
import { z } from 'zod';
import { capitalize, formatQuantity } from '../inventory/units.ts';

const item = z.object({ name: z.string(), unit: z.string(), quantity: z.number(), price: z.number().nullable() });
const line = z.object({ name: z.string(), quantity: z.number(), unit: z.string(), price: z.number(), amount: z.number() });

export type ItemList = z.infer<typeof itemList>;
const itemList = z.object({ title: z.string(), items: z.array(item) });

/** Buttons of the inventory list. */
export const actions = defineActions({
  /** Orders more of an article: puts ten in and shows the list anew. */
  restock: { payload: z.object({ name: z.string(), title: z.string() }) },
  /** Brings the clicked list up to date, also while an answer is streaming. */
  refresh: { payload: z.object({ title: z.string() }), streaming: false },
});

export const responseTypes = defineResponseTypes({
  item_created: {
    schema: z.object({ name: z.string(), added: z.number(), unit: z.string(), price: z.number().nullable(), in_stock: z.number() }),
    message: (data) => `Added ${formatQuantity(data.added, data.unit)} of ${data.name}; ${formatQuantity(data.in_stock, data.unit)} in stock.`,
    widget: (data) => ({
      type: 'Card', size: 'sm',
      children: [row(capitalize(data.name), `+${formatQuantity(data.added, data.unit)}`), { type: 'Caption', value: `${formatQuantity(data.in_stock, data.unit)} in stock${priceText(data.price)}` }],
    }),
  },
  bill_created: {
    schema: z.object({ number: z.number(), customer: z.string(), lines: z.array(line), total: z.number() }),
    message: (bill) => `Bill ${String(bill.number)} for ${bill.customer}: ${String(bill.total)}.`,
    widget: (bill) => ({
      type: 'Card', size: 'md',
      children: [
        { type: 'Title', value: `Bill ${String(bill.number)}`, size: 'sm' },
        { type: 'Caption', value: bill.customer },
        { type: 'Divider' },
        ...bill.lines.map((entry) => row(`${capitalize(entry.name)}, ${formatQuantity(entry.quantity, entry.unit)} at ${String(entry.price)}`, String(entry.amount))),
        { type: 'Divider' },
        row('Total', String(bill.total), 'semibold'),
      ],
    }),
  },
  item_list: {
    schema: itemList,
    message: (list) => (list.items.length === 0 ? 'Nothing is in stock.' : `${list.title}: ${list.items.map((entry) => `${entry.name} ${formatQuantity(entry.quantity, entry.unit)}`).join(', ')}.`),
    widget: listWidget,
  },
});

/** The inventory as a list with a button for each article. */
export function listWidget({ title, items }: ItemList): WidgetRoot {
  if (items.length === 0) return { type: 'Card', size: 'sm', children: [{ type: 'Text', value: 'Nothing is in stock.' }] };
  return {
    type: 'Card', size: 'md',
    children: [
      { type: 'Row', justify: 'between', align: 'center', children: [
        { type: 'Title', value: title, size: 'sm' },
        { type: 'Button', label: 'Refresh', size: 'sm', variant: 'ghost', onClickAction: actions.refresh({ title }) },
      ] },
      ...items.flatMap((entry): WidgetComponent[] => [
        { type: 'Divider' },
        { type: 'Row', justify: 'between', align: 'center', children: [
          { type: 'Col', children: [
            { type: 'Text', value: capitalize(entry.name), weight: 'medium' },
            { type: 'Caption', value: `${formatQuantity(entry.quantity, entry.unit)}${priceText(entry.price)}` },
          ] },
          { type: 'Button', label: 'Restock', size: 'sm', variant: 'outline', onClickAction: actions.restock({ name: entry.name, title }) },
        ] },
      ]),
    ],
  };
}

function row(left: string, right: string, weight: 'normal' | 'semibold' = 'normal'): WidgetComponent {
  return { type: 'Row', justify: 'between', children: [{ type: 'Text', value: left, weight }, { type: 'Text', value: right, weight }] };
}

function priceText(price: number | null): string {
  return price === null ? '' : `, ${String(price)} each`;
}
