/** An article in stock. `quantity` is counted in `unit`; `price` is for one unit, null until somebody says it. */
export interface StockItem {
  name: string;
  unit: string;
  quantity: number;
  price: number | null;
}

export interface BillLine {
  name: string;
  quantity: number;
  unit: string;
  price: number;
  amount: number;
}

export interface Bill {
  number: number;
  customer: string;
  lines: BillLine[];
  total: number;
}

/** What is asked for: without a unit, the article's own is meant. */
export interface BillRequest {
  customer: string;
  lines: { name: string; quantity: number; unit?: string | undefined }[];
}

export interface NewStock {
  name: string;
  quantity: number;
  unit?: string | undefined;
  price?: number | undefined;
}

/** The shop's stock and bills. All of a change happens, or nothing of it. */
export interface Inventory {
  /** Puts stock in; a price replaces the one before. */
  add: (stock: NewStock) => Promise<StockItem>;
  /** Articles whose name contains the text, in order of name; all without one. */
  list: (search?: string) => Promise<StockItem[]>;
  /** Takes the stock off. Throws {@link InventoryError} when something is not there in the amount asked for. */
  createBill: (request: BillRequest) => Promise<Bill>;
}

/** What a clerk asked for can't be done; the message says why, in words for them. */
export class InventoryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InventoryError';
  }
}

/** Stock at or below this counts as low. */
export const LOW_STOCK = 5;

export async function lowStock(inventory: Inventory): Promise<StockItem[]> {
  return (await inventory.list()).filter((item) => item.quantity <= LOW_STOCK);
}
