import type { Inventory, StockItem } from './inventory.ts';
import { billLines, billTotal, withStock } from './rules.ts';
import { nameKey, round } from './units.ts';

export type Query = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

/** A Postgres database: a `pg` pool or PGlite. */
export interface SqlDatabase {
  query: Query;
  transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS inventory_items (
     key text PRIMARY KEY, name text NOT NULL, unit text NOT NULL, quantity numeric(14, 3) NOT NULL CHECK (quantity >= 0), price numeric(12, 2))`,
  `CREATE TABLE IF NOT EXISTS bills (
     number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer text NOT NULL, total numeric(14, 2) NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE IF NOT EXISTS bill_lines (
     bill_number bigint NOT NULL REFERENCES bills (number), name text NOT NULL, quantity numeric(14, 3) NOT NULL, unit text NOT NULL,
     price numeric(12, 2) NOT NULL, amount numeric(14, 2) NOT NULL)`,
];

/** Of many instances that start together one makes the tables. */
const SETUP_LOCK = 727_001;

/** Stock and bills in tables of their own, beside the conversations. */
export async function sqlInventory(database: SqlDatabase): Promise<Inventory> {
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    for (const table of TABLES) await query(table);
  });
  return {
    add: (added) =>
      database.transaction(async (query) => {
        const key = nameKey(added.name);
        // Taken before it is read, so that two additions of a new article add up.
        await query('SELECT pg_advisory_xact_lock(hashtext($1))', [`inventory:${key}`]);
        const item = withStock((await findItems(query, [key])).get(key) ?? null, added);
        await query(
          `INSERT INTO inventory_items (key, name, unit, quantity, price) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (key) DO UPDATE SET quantity = excluded.quantity, price = excluded.price`,
          [key, item.name, item.unit, item.quantity, item.price],
        );
        return item;
      }),
    list: async (search = '') => {
      const { rows } = await database.query('SELECT * FROM inventory_items WHERE position($1 IN key) > 0 ORDER BY name', [nameKey(search)]);
      return rows.map((row) => toItem(row as ItemRow));
    },
    createBill: (request) =>
      database.transaction(async (query) => {
        const items = await findItems(query, request.lines.map((line) => nameKey(line.name)));
        const lines = billLines(request, (key) => items.get(key));
        for (const line of lines) {
          await query('UPDATE inventory_items SET quantity = quantity - $2 WHERE key = $1', [nameKey(line.name), line.quantity]);
        }
        const total = billTotal(lines);
        const { rows } = await query('INSERT INTO bills (customer, total) VALUES ($1, $2) RETURNING number::int AS number', [request.customer, total]);
        const [{ number }] = rows as [{ number: number }];
        for (const line of lines) {
          await query('INSERT INTO bill_lines (bill_number, name, quantity, unit, price, amount) VALUES ($1, $2, $3, $4, $5, $6)',
            [number, line.name, line.quantity, line.unit, line.price, line.amount]);
        }
        return { number, customer: request.customer, lines, total };
      }),
  };
}

interface ItemRow {
  key: string;
  name: string;
  unit: string;
  quantity: string;
  price: string | null;
}

/** Locked until the end of the transaction, in one order, so that two bills never wait for each other. */
async function findItems(query: Query, keys: string[]): Promise<Map<string, StockItem>> {
  const { rows } = await query('SELECT * FROM inventory_items WHERE key = ANY ($1::text[]) ORDER BY key FOR UPDATE', [keys]);
  return new Map((rows as ItemRow[]).map((row) => [row.key, toItem(row)]));
}

/** `numeric` arrives as text. */
function toItem(row: ItemRow): StockItem {
  return { name: row.name, unit: row.unit, quantity: round(Number(row.quantity)), price: row.price === null ? null : Number(row.price) };
}
