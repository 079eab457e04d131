export { runStoreContract, type ContractRunner, type StoreContractOptions } from './run-store-contract.js';
export type { ContractBackend } from './contract-backend.js';
export type { ContractCase, ContractNeed } from './contract-case.js';
export { openContractContext, type ContractContext } from './contract-context.js';
export { storeContractCases } from './store-contract-cases.js';
