import type { AppTypes, Reply } from '@chatkit-selfhost/core';
import { z } from 'zod';
import { InventoryError, lowStock, type Inventory, type StockItem } from '../inventory/inventory.ts';
import { capitalize, formatQuantity } from '../inventory/units.ts';
import type { responseTypes } from './response-types.ts';

export type ShopReply = Reply<AppTypes & { responseTypes: typeof responseTypes }>;

/** What a tool did: `text` for the model, `reply` for the user's screen. */
export interface ToolOutcome {
  text: string;
  reply: ShopReply | null;
}

/** A tool whose input is still to be checked. */
export interface ShopTool {
  name: string;
  description: string;
  parameters: z.ZodObject;
  run: (input: unknown, inventory: Inventory) => Promise<ToolOutcome>;
}

/** What can't be done is said in words; anything else is an error. */
function shopTool<P extends z.ZodObject>(tool: { name: string; description: string; parameters: P; run: (input: z.output<P>, inventory: Inventory) => Promise<ToolOutcome> }): ShopTool {
  return {
    ...tool,
    run: async (input, inventory) => {
      try {
        return await tool.run(tool.parameters.parse(input), inventory);
      } catch (error) {
        if (error instanceof InventoryError) return { text: error.message, reply: null };
        throw error;
      }
    },
  };
}

const unit = z.string().nullable().describe('kg, g, l, ml, pcs, crate, box, bottle, bag, packet or dozen; null: the unit that the article has');

/** The tools, whatever runs them: in the process, or as an MCP server. */
export const shopTools: ShopTool[] = [
  shopTool({
    name: 'add_item',
    description: 'Puts stock of an article in. Makes the article when it is new.',
    parameters: z.object({ name: z.string(), quantity: z.number().positive(), unit, price: z.number().min(0).nullable().describe('Price of one unit; null when not said') }),
    run: async ({ name, quantity, unit, price }, inventory) => {
      const item = await inventory.add({ name, quantity, unit: unit ?? undefined, price: price ?? undefined });
      const data = { name: item.name, added: quantity, unit: unit ?? item.unit, price: item.price, in_stock: item.quantity };
      const priced = item.price === null ? ' It has no price yet.' : ` The price is ${String(item.price)}.`;
      return { text: `Added ${formatQuantity(quantity, data.unit)} of ${item.name}. There ${item.quantity === 1 ? 'is' : 'are'} now ${formatQuantity(item.quantity, item.unit)} in stock.${priced}`, reply: { type: 'item_created', data } };
    },
  }),
  shopTool({
    name: 'create_bill',
    description: 'Writes a bill for a customer and takes the articles off the stock. Refuses what is not there.',
    parameters: z.object({ customer: z.string(), lines: z.array(z.object({ name: z.string(), quantity: z.number().positive(), unit })).min(1) }),
    run: async ({ customer, lines }, inventory) => {
      const bill = await inventory.createBill({ customer, lines: lines.map((line) => ({ ...line, unit: line.unit ?? undefined })) });
      const articles = bill.lines.map((line) => `${formatQuantity(line.quantity, line.unit)} ${line.name}`).join(', ');
      return { text: `Bill ${String(bill.number)} for ${customer}: ${articles}. The total is ${String(bill.total)}.`, reply: { type: 'bill_created', data: bill } };
    },
  }),
  shopTool({
    name: 'list_inventory',
    description: 'Lists everything in stock.',
    parameters: z.object({}),
    run: async (_input, inventory) => listed('Inventory', await inventory.list(), 'Nothing is in stock yet.'),
  }),
  shopTool({
    name: 'search_inventory',
    description: 'Finds articles by a part of their name, with how much of them is left.',
    parameters: z.object({ text: z.string() }),
    run: async ({ text }, inventory) => listed(`Articles like “${text}”`, await inventory.list(text), `There is no ${text} in stock.`),
  }),
  shopTool({
    name: 'low_stock_report',
    description: 'Lists the articles that are running low.',
    parameters: z.object({}),
    run: async (_input, inventory) => listed('Running low', await lowStock(inventory), 'Nothing is running low.'),
  }),
];

function listed(title: string, items: StockItem[], empty: string): ToolOutcome {
  if (items.length === 0) return { text: empty, reply: null };
  const text = items.map((item) => `${capitalize(item.name)}: ${formatQuantity(item.quantity, item.unit)} left${item.price === null ? '' : ` at ${String(item.price)}`}`).join('\n');
  return { text: `${title}:\n${text}`, reply: { type: 'item_list', data: { title, items } } };
}
