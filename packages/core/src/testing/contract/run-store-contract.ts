import assert from 'node:assert/strict';
import type { ContractBackend } from './contract-backend.js';
import type { ContractNeed } from './contract-case.js';
import { openContractContext, type ContractContext } from './contract-context.js';
import { storeContractCases } from './store-contract-cases.js';

/** The test runner's own functions: those of vitest and jest fit as they are. */
export interface ContractRunner {
  describe: (name: string, body: () => void) => void;
  it: (name: string, body: () => Promise<void>, timeoutMs?: number) => void;
  afterAll: (body: () => Promise<void>) => void;
}

/** The reason, by what is missing. */
type NotApplicable = { [N in ContractNeed]?: string | undefined };

export interface StoreContractOptions {
  runner: ContractRunner;
  /** The backend's name, shown above its cases. */
  name: string;
  /** Opens the backend once, before the first case. */
  open: () => Promise<ContractBackend>;
  /** Why what some cases need doesn't apply to this backend. Those cases are counted and not run; a last case checks this account. */
  notApplicable?: NotApplicable | undefined;
  /** Milliseconds each case may take. Default 30,000. */
  timeoutMs?: number | undefined;
}

/**
 * Registers the store contract with a test runner: every promise on the store interfaces, as a case of its own.
 *
 * ```ts
 * runStoreContract({ runner: { describe, it, afterAll }, name: 'my store', open: async () => ({ store, close, advance }), notApplicable: { ... } });
 * ```
 */
export function runStoreContract(options: StoreContractOptions): void {
  const { describe, it, afterAll } = options.runner;
  const notApplicable = options.notApplicable ?? {};
  const cases = storeContractCases();
  const applicable = cases.filter((entry) => entry.needs.every((need) => notApplicable[need] === undefined));
  const timeoutMs = options.timeoutMs ?? 30_000;
  let opened: Promise<{ backend: ContractBackend; context: ContractContext }> | undefined;
  const open = () => (opened ??= openBackend(options.open));

  describe(`store contract: ${options.name}`, () => {
    afterAll(async () => {
      const { backend } = (await opened?.catch(() => undefined)) ?? {};
      await backend?.close();
    });
    for (const group of new Set(applicable.map((entry) => entry.group))) {
      describe(group, () => {
        for (const entry of applicable) {
          if (entry.group !== group) continue;
          it(entry.name, async () => entry.run((await open()).context), timeoutMs);
        }
      });
    }
    it(account(applicable.length, cases.length, notApplicable), async () => checkAccount((await open()).backend, notApplicable), timeoutMs);
  });
}

async function openBackend(open: StoreContractOptions['open']): Promise<{ backend: ContractBackend; context: ContractContext }> {
  const backend = await open();
  return { backend, context: await openContractContext(backend) };
}

function account(applicable: number, all: number, notApplicable: NotApplicable): string {
  const reasons = Object.entries(notApplicable).map(([need, reason]) => `${need}: ${reason}`);
  const count = `${applicable} of ${all} cases apply`;
  return reasons.length === 0 ? count : `${count}; not applicable: ${reasons.join('; ')}`;
}

/** A case must not be left out for the lack of something that is there. */
function checkAccount(backend: ContractBackend, notApplicable: NotApplicable): void {
  const { store } = backend;
  const present: Record<ContractNeed, boolean> = {
    second: backend.second !== undefined,
    breakConnections: backend.breakConnections !== undefined,
    outage: backend.outage !== undefined,
    fastPaths: store.threads.beginTurn !== undefined && store.threads.endTurn !== undefined && sharesOneBackend(backend),
    durable: store.runs.durable,
  };
  for (const [need, there] of Object.entries(present)) {
    const reason = notApplicable[need as ContractNeed];
    assert.equal(reason === undefined, there, `${need}: ${there ? 'is there, but declared not applicable' : 'is missing without a reason'}`);
  }
}

function sharesOneBackend({ store }: ContractBackend): boolean {
  return store.threads.backend === store.runs.backend && store.threads.backend === store.history.backend;
}
