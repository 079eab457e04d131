// Let an agent answer
export { agentResponder } from './agent-responder.js';
export type { AgentResponderOptions } from './agent-responder.js';
export { turnTool } from './turn-tool.js';
export type { TurnToolOptions } from './turn-tool.js';

// The same by hand, with your own `run()`
export { agentInput } from './agent-input.js';
export { streamAgentResponse } from './stream-agent-response.js';
export type { StreamAgentResponseOptions } from './stream-agent-response.js';

// How a model's answer becomes what is shown
export type { Citation, ResponseConverters } from './response-converters.js';
export type { ApprovalRequest, OutputHandler } from './agent-types.js';

// The SDK's own memory, kept in the thread
export { AgentHistorySession } from './agent-history-session.js';
