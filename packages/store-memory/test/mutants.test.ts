import { openContractContext, storeContractCases, type ContractBackend, type ContractCase, type ContractContext } from '@chatkit-selfhost/core/testing';
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
const cases = storeContractCases().filter(({ needs }) => needs.every((need) => need === 'fastPaths'));

type Outcome = 'passed' | 'failed' | 'late';

/** How long each case took on the store without a fault: what is much slower than that hangs, as a fault may well keep a follower waiting. */
const usualMs = new Map<ContractCase, number>();
const usualMsOf = (entry: ContractCase): number => usualMs.get(entry) ?? 0;
const LEAST_DEADLINE_MS = 3_000;
const SLOWER_THAN_USUAL = 20;

async function runCase(entry: ContractCase, context: ContractContext): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(LEAST_DEADLINE_MS, usualMsOf(entry) * SLOWER_THAN_USUAL));
  });
  const outcome = await Promise.race([entry.run(context).then((): Outcome => 'passed', (): Outcome => 'failed'), late]);
  clearTimeout(timer);
  return outcome;
}

/** Whether a case catches the mutant by failing. Being late is not enough: it may be the machine. */
async function verdict(mutant: Mutant): Promise<'caught' | 'escaped' | `escaped, but late: ${string}`> {
  const context = await openContractContext(await open(mutant));
  const late: string[] = [];
  // Cases that take long come last: most faults are found before.
  for (const entry of cases.toSorted((a, b) => usualMsOf(a) - usualMsOf(b))) {
    const outcome = await runCase(entry, context);
    if (outcome === 'failed') return 'caught';
    if (outcome === 'late') late.push(`${entry.group}: ${entry.name}`);
  }
  return late.length === 0 ? 'escaped' : `escaped, but late: ${late.join('; ')}`;
}

async function open(mutant?: Mutant): Promise<ContractBackend> {
  const backend = await openMemoryBackend();
  return mutant ? { ...backend, store: mutant.make(backend.store, backend.now) } : backend;
}

it('the same cases pass on the store without a fault, by the same clock', async () => {
  const context = await openContractContext(await open());
  for (const entry of cases) {
    const started = performance.now();
    await entry.run(context);
    usualMs.set(entry, performance.now() - started);
  }
  const again = await openContractContext(await open());
  for (const entry of cases) expect(await runCase(entry, again), entry.name).toBe('passed');
  expect(cases.length).toBeGreaterThan(150);
});

it('the contract catches every seeded fault', async () => {
  const escaped: string[] = [];
  for (const mutant of allMutants) {
    const found = await verdict(mutant);
    if (found !== 'caught') escaped.push(`${mutant.name} ${found}`);
  }
  console.log(`${allMutants.length - escaped.length} of ${allMutants.length} mutants caught`);
  expect(escaped).toEqual([]);
  expect(new Set(allMutants.map((mutant) => mutant.name)).size).toBe(allMutants.length);
}, 300_000);
