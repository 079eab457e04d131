import type { Bill, Inventory, StockItem } from './inventory.ts';
import { billLines, billTotal, withStock } from './rules.ts';
import { nameKey, round } from './units.ts';

/** Stock and bills of this process. */
export function memoryInventory(): Inventory {
  const stock = new Map<string, StockItem>();
  const bills: Bill[] = [];
  return {
    add: async (added) => {
      const key = nameKey(added.name);
      const item = withStock(stock.get(key) ?? null, added);
      stock.set(key, item);
      return { ...item };
    },
    list: async (search = '') =>
      [...stock.values()]
        .filter((item) => nameKey(item.name).includes(nameKey(search)))
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((item) => ({ ...item })),
    createBill: async (request) => {
      const lines = billLines(request, (key) => stock.get(key));
      const total = billTotal(lines);
      for (const line of lines) {
        const item = stock.get(nameKey(line.name));
        if (item) item.quantity = round(item.quantity - line.quantity);
      }
      const bill: Bill = { number: bills.length + 1, customer: request.customer, lines, total };
      bills.push(bill);
      return structuredClone(bill);
    },
  };
}
