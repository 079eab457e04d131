import { InventoryError } from './inventory.ts';

/** The unit of what is counted by the piece. */
export const PIECE = 'pcs';

/** Spellings of units, by the one that is kept. */
const SPELLINGS: Record<string, readonly string[]> = {
  kg: ['kg', 'kgs', 'kilo', 'kilos', 'kilogram', 'kilograms'],
  g: ['g', 'gram', 'grams', 'gm'],
  l: ['l', 'litre', 'litres', 'liter', 'liters'],
  ml: ['ml', 'millilitre', 'millilitres', 'milliliter', 'milliliters'],
  [PIECE]: ['pcs', 'pc', 'piece', 'pieces'],
  crate: ['crate', 'crates'],
  box: ['box', 'boxes'],
  bottle: ['bottle', 'bottles'],
  bag: ['bag', 'bags'],
  packet: ['packet', 'packets', 'pack', 'packs'],
  dozen: ['dozen', 'dozens'],
};

const UNITS = new Map(Object.entries(SPELLINGS).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit] as const)));

/** The unit that a word stands for; null when it is none. */
export function findUnit(word: string): string | null {
  return UNITS.get(word.toLowerCase()) ?? null;
}

export const unitWords = [...UNITS.keys()];

const FACTORS: Record<string, { to: string; factor: number }> = { g: { to: 'kg', factor: 0.001 }, ml: { to: 'l', factor: 0.001 } };

/** An amount in another unit. Throws {@link InventoryError} when the units measure different things. */
export function convert(quantity: number, { from, to, name }: { from: string; to: string; name: string }): number {
  if (from === to) return quantity;
  const down = FACTORS[from];
  if (down?.to === to) return round(quantity * down.factor);
  const up = FACTORS[to];
  if (up?.to === from) return round(quantity / up.factor);
  throw new InventoryError(`${capitalize(name)} is counted in ${to}, not in ${from}.`);
}

/** To a thousandth: enough for grams. */
export function round(quantity: number): number {
  return Math.round(quantity * 1000) / 1000;
}

/** To the hundredth part of the currency. */
export function roundMoney(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** As it is read: `10 kg`, `1 crate`, `5 crates`, `3` (pieces). */
export function formatQuantity(quantity: number, unit: string): string {
  if (unit === PIECE) return String(quantity);
  const plural = quantity !== 1 && unit.length > 2 && unit !== 'dozen' ? (unit.endsWith('x') ? 'es' : 's') : '';
  return `${String(quantity)} ${unit}${plural}`;
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What two names of the same article have in common: letters in lower case, no plural. */
export function nameKey(name: string): string {
  const plain = name.trim().toLowerCase().replace(/\s+/g, ' ');
  if (/(?:oes|xes|ches|shes|sses)$/.test(plain)) return plain.slice(0, -2);
  return plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : plain;
}
