import type { ContractContext } from './contract-context.js';

/**
 * What some cases need and a backend may not have:
 * `second` another instance on the same backend, as another node has it; `breakConnections` and `outage` a server to lose;
 * `fastPaths` `beginTurn` and `endTurn`; `durable` a run log that outlives the process.
 */
export type ContractNeed = 'second' | 'breakConnections' | 'outage' | 'fastPaths' | 'durable';

export interface ContractCase {
  /** The part or behaviour, e.g. `threads`. */
  group: string;
  /** The behaviour, as a sentence. */
  name: string;
  needs: readonly ContractNeed[];
  run: (context: ContractContext) => Promise<void>;
}

type CaseBody = ContractCase['run'];

/** The cases of one group, by name; one that not every store can run says what it needs. */
export function contractGroup(group: string, cases: Record<string, CaseBody | { needs: readonly ContractNeed[]; run: CaseBody }>): ContractCase[] {
  return Object.entries(cases).map(([name, entry]) =>
    typeof entry === 'function' ? { group, name, needs: [], run: entry } : { group, name, ...entry },
  );
}
