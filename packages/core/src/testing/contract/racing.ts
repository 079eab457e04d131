import type { Store } from '../../store/index.js';
import type { ContractContext } from './contract-context.js';

/** Makes this many attempts at once, by turns on two nodes, and waits for all. */
export async function race<T>(context: Pick<ContractContext, 'store' | 'other'>, count: number, attempt: (store: Store, index: number) => Promise<T>): Promise<T[]> {
  const other = await context.other();
  return Promise.all(Array.from({ length: count }, (_, index) => attempt(index % 2 === 0 ? context.store : other, index)));
}

/** How often each value occurs. */
export function tally(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
