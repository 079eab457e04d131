export { startModelServer } from './start-model-server.js';
export type { ModelServer } from './start-model-server.js';
export type { ReceivedRequest } from './received-request.js';
export {
  codeInterpreter, disconnect, failure, fileSearch, functionCall, httpError, image, incomplete, mcpCall, message, modelId, parallel, reasoning, refusal, text,
  wait, webSearch,
} from './model-output.js';
export type { Citation, HttpError, ModelOutput, ModelReply, RefusalPart, TextPart, TextPieces } from './model-output.js';
