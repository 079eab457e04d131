import type { ContractCase } from './contract-case.js';
import { approvalCases } from './cases/approvals.js';
import { attachmentCases } from './cases/attachments.js';
import { concurrencyCases } from './cases/concurrency.js';
import { dataProtectionCases } from './cases/data-protection.js';
import { failureCases } from './cases/failure.js';
import { fenceCases } from './cases/fences.js';
import { historyCases } from './cases/history.js';
import { itemCases } from './cases/items.js';
import { ownershipCases } from './cases/ownership.js';
import { pagingCases } from './cases/paging.js';
import { recoveryCases } from './cases/recovery.js';
import { runLogCases } from './cases/run-log.js';
import { runPruningCases } from './cases/run-pruning.js';
import { runRaceCases } from './cases/run-races.js';
import { runSnapshotCases } from './cases/run-snapshots.js';
import { runCases } from './cases/runs.js';
import { sessionRaceCases } from './cases/session-races.js';
import { sessionCases } from './cases/sessions.js';
import { threadCases } from './cases/threads.js';
import { turnCases } from './cases/turns.js';
import { unicodeCases } from './cases/unicode.js';

/** Every case of the contract. They don't depend on each other, nor on their order. */
export function storeContractCases(): ContractCase[] {
  return [
    ...threadCases,
    ...itemCases,
    ...pagingCases,
    ...attachmentCases,
    ...sessionCases,
    ...historyCases,
    ...runCases,
    ...runLogCases,
    ...runSnapshotCases,
    ...fenceCases,
    ...turnCases,
    ...recoveryCases,
    ...runPruningCases,
    ...approvalCases,
    ...ownershipCases,
    ...dataProtectionCases,
    ...concurrencyCases,
    ...sessionRaceCases,
    ...runRaceCases,
    ...unicodeCases,
    ...failureCases,
  ];
}
