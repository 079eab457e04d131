import { InventoryError, type BillLine, type BillRequest, type NewStock, type StockItem } from './inventory.ts';
import { capitalize, convert, formatQuantity, nameKey, PIECE, round, roundMoney } from './units.ts';

/** Of anything: what the tables have room for. */
const MOST = 1_000_000_000;

/** The article after stock came in. */
export function withStock(existing: StockItem | null, stock: NewStock): StockItem {
  if (!(stock.quantity > 0)) throw new InventoryError('The amount must be more than zero.');
  if (stock.price !== undefined && !(stock.price >= 0)) throw new InventoryError('The price can’t be less than zero.');
  if (stock.price !== undefined && stock.price > MOST) throw new InventoryError('The price is too high for this shop.');
  const name = stock.name.trim().toLowerCase();
  if (name === '') throw new InventoryError('The article needs a name.');
  if (stock.quantity > MOST) throw tooMuch();
  if (!existing) return { name, unit: stock.unit ?? PIECE, quantity: round(stock.quantity), price: stock.price ?? null };
  const added = convert(stock.quantity, { from: stock.unit ?? existing.unit, to: existing.unit, name });
  if (existing.quantity + added > MOST) throw tooMuch();
  return { ...existing, quantity: round(existing.quantity + added), price: stock.price ?? existing.price };
}

/** Lines of a bill in the articles' own units; the same article twice is one line. Throws when something is not there. */
export function billLines(request: BillRequest, find: (key: string) => StockItem | undefined): BillLine[] {
  if (request.lines.length === 0) throw new InventoryError('A bill needs at least one article.');
  const lines = new Map<string, BillLine>();
  for (const { name, quantity, unit } of request.lines) {
    const key = nameKey(name);
    const item = find(key);
    if (!item) throw new InventoryError(`There is no ${name} in stock.`);
    if (item.price === null) throw new InventoryError(`${capitalize(item.name)} has no price yet.`);
    if (!(quantity > 0)) throw new InventoryError('The amount must be more than zero.');
    const wanted = round(convert(quantity, { from: unit ?? item.unit, to: item.unit, name: item.name }) + (lines.get(key)?.quantity ?? 0));
    if (wanted > item.quantity) {
      throw new InventoryError(`There is not enough ${item.name}: ${formatQuantity(item.quantity, item.unit)} left, ${formatQuantity(wanted, item.unit)} asked for.`);
    }
    lines.set(key, { name: item.name, quantity: wanted, unit: item.unit, price: item.price, amount: roundMoney(wanted * item.price) });
  }
  return [...lines.values()];
}

export function billTotal(lines: BillLine[]): number {
  const total = roundMoney(lines.reduce((sum, line) => sum + line.amount, 0));
  if (total > MOST) throw new InventoryError('The total is too high for one bill.');
  return total;
}

function tooMuch(): InventoryError {
  return new InventoryError('That is more than this shop can hold.');
}
