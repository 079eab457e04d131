// Local models
export {
  codeInterpreter, disconnect, failure, fileSearch, functionCall, httpError, image, incomplete, mcpCall, message, modelId, parallel, reasoning, refusal,
  startModelServer, text, wait, webSearch,
} from './model-server/index.js';
export type { Citation, HttpError, ModelOutput, ModelReply, ModelServer, ReceivedRequest, RefusalPart, TextPart, TextPieces } from './model-server/index.js';
export { scriptedModel } from './scripted-model.js';
export type { ScriptedModel, ScriptedReply } from './scripted-model.js';

// Store contract
export { openContractContext, runStoreContract, storeContractCases } from './contract/index.js';
export type { ContractBackend, ContractCase, ContractContext, ContractNeed, ContractRunner, StoreContractOptions } from './contract/index.js';

// Conformance vectors
export { runConformance } from './conformance/index.js';
export type { ConformanceOptions, ConformanceResult, ConformanceStore } from './conformance/index.js';
