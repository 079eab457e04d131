import { runStoreContract, storeContractCases, type ContractBackend, type StoreContractOptions } from '@chatkit-selfhost/core/testing';
import { expect, it } from 'vitest';
import { openMemoryBackend } from './open-memory-backend.js';

const absent = { second: 'one process', breakConnections: 'no connections', outage: 'no server', durable: 'not kept' };

/** Registers the contract with a runner that only takes notes. */
function register(options: Partial<StoreContractOptions> = {}) {
  const tests: { name: string; body: () => Promise<void> }[] = [];
  const closers: (() => Promise<void>)[] = [];
  runStoreContract({
    runner: {
      describe: (_name, body) => body(),
      it: (name, body) => void tests.push({ name, body }),
      afterAll: (body) => void closers.push(body),
    },
    name: 'noted',
    open: openMemoryBackend,
    notApplicable: absent,
    ...options,
  });
  const account = tests.at(-1) ?? { name: '', body: async () => undefined };
  return { tests: tests.slice(0, -1), account, close: async () => Promise.all(closers.map((close) => close())) };
}

it('registers every case, and leaves out those that are declared not to apply', () => {
  const needed = storeContractCases().filter((entry) => entry.needs.some((need) => need in absent));
  expect(needed.length).toBeGreaterThan(3);
  expect(register({ notApplicable: {} }).tests).toHaveLength(storeContractCases().length);
  expect(register().tests).toHaveLength(storeContractCases().length - needed.length);
});

it('the account says how many cases apply, and why the others do not', () => {
  const { account, tests } = register();
  expect(account.name).toContain(`${tests.length} of ${storeContractCases().length} cases apply`);
  expect(account.name).toContain('outage: no server');
});

it('the account fails when something is missing without a reason', async () => {
  await expect(register({ notApplicable: { ...absent, outage: undefined } }).account.body()).rejects.toThrow('outage: is missing without a reason');
});

it('the account fails when something is there that is declared not to apply', async () => {
  await expect(register({ notApplicable: { ...absent, fastPaths: 'slow' } }).account.body()).rejects.toThrow('fastPaths: is there, but declared not applicable');
});

it('opens the backend once, and closes it', async () => {
  const events: string[] = [];
  const open = async (): Promise<ContractBackend> => {
    events.push('open');
    return { ...(await openMemoryBackend()), close: async () => void events.push('close') };
  };
  const { tests, close } = register({ open });
  await tests[0]?.body();
  await tests[1]?.body();
  await close();
  expect(events).toEqual(['open', 'close']);
});

it('closes nothing when nothing was opened', async () => {
  const { close } = register({ open: () => Promise.reject(new Error('must not be opened')) });
  await expect(close()).resolves.toHaveLength(1);
});

it('fails its cases, and only those, when the backend can not be opened', async () => {
  const { tests, close } = register({ open: () => Promise.reject(new Error('no server')) });
  await expect(tests[0]?.body()).rejects.toThrow('no server');
  await close();
});
