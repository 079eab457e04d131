import type { ContractCase } from './contract-case.js';
import { itemCases } from './cases/items.js';
import { pagingCases } from './cases/paging.js';
import { runCases } from './cases/runs.js';
import { sessionCases } from './cases/sessions.js';
import { threadCases } from './cases/threads.js';

/** Every case of the contract. They don't depend on each other, nor on their order. */
export function storeContractCases(): ContractCase[] {
  return [...threadCases, ...itemCases, ...pagingCases, ...sessionCases, ...runCases];
}
