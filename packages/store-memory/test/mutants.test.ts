import { openContractContext, storeContractCases, type ContractBackend, type ContractCase } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { openMemoryBackend } from './open-memory-backend.js';
import { historyMutants } from './mutants/history-mutants.js';
import { itemMutants } from './mutants/item-mutants.js';
import { logMutants } from './mutants/log-mutants.js';
import type { Mutant } from './mutants/mutant.js';
import { runMutants } from './mutants/run-mutants.js';
import { sessionMutants } from './mutants/session-mutants.js';
import { threadMutants } from './mutants/thread-mutants.js';
import { turnMutants } from './mutants/turn-mutants.js';

const allMutants = [...threadMutants, ...itemMutants, ...sessionMutants, ...historyMutants, ...runMutants, ...logMutants, ...turnMutants];
/** What memory has: everything but connections, and other nodes. */
const applicable = storeContractCases().filter(({ needs }) => needs.every((need) => need === 'fastPaths'));
/** Cases that take long come last: most faults are found before. */
const cases = applicable.toSorted((a, b) => weightOf(a) - weightOf(b));

function weightOf({ name }: ContractCase): number {
  return /\d,000|8 writers|megabyte|thousand/.test(name) ? 1 : 0;
}

/** The first case that fails, or hangs: a fault may well keep a follower waiting. */
async function firstFailure(backend: ContractBackend): Promise<string | null> {
  const context = await openContractContext(backend);
  for (const entry of cases) {
    const passed = await Promise.race([entry.run(context).then(() => true, () => false), late(3_000)]);
    if (!passed) return `${entry.group}: ${entry.name}`;
  }
  return null;
}

function late(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref());
}

async function open(mutant?: Mutant): Promise<ContractBackend> {
  const backend = await openMemoryBackend();
  return mutant ? { ...backend, store: mutant.make(backend.store, backend.now) } : backend;
}

it('the same cases pass on the store without a fault', async () => {
  const context = await openContractContext(await open());
  for (const entry of cases) await entry.run(context);
  expect(cases.length).toBeGreaterThan(150);
}, 30_000);

it('the contract catches every seeded fault', async () => {
  const escaped: string[] = [];
  for (const mutant of allMutants) if ((await firstFailure(await open(mutant))) === null) escaped.push(mutant.name);
  console.log(`${allMutants.length - escaped.length} of ${allMutants.length} mutants caught`);
  expect(escaped).toEqual([]);
  expect(new Set(allMutants.map((mutant) => mutant.name)).size).toBe(allMutants.length);
}, 120_000);
