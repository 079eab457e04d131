import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { AnyStreamedRun, ApprovalRequest, OutputHandler } from './agent-types.js';
import { convertRun } from './convert-run.js';
import { eventStream } from './event-stream.js';
import type { ResponseConverters } from './response-converters.js';

export interface StreamAgentResponseOptions {
  /** A streamed run whose context is the turn; its events must not have been read yet. */
  result: AnyStreamedRun;
  turn: Turn;
  /** What to do with the agent's final output. Default: structured output becomes the response type that it fits. */
  onOutput?: OutputHandler<unknown, Turn> | undefined;
  /** How a tool call that needs approval is put to the user. Default: a card with two buttons. */
  approval?: ApprovalRequest<Turn> | undefined;
  converters?: ResponseConverters | undefined;
}

/**
 * A run of the Agents SDK as events of the turn: text as it is written, citations, thoughts, generated images, refusals; structured output and
 * requests for approval at its end. Works with every model of the SDK.
 *
 * Ends quietly when the turn is aborted, and stops the run then. Throws what the run throws; after a guardrail's tripwire all that the run has
 * shown is removed before.
 */
export function streamAgentResponse(options: StreamAgentResponseOptions): AsyncIterable<TurnEvent> {
  const { result, turn, onOutput, approval, converters } = options;
  return eventStream((emit, stop) => convertRun({ result, turn, onOutput, approval, converters }, emit, stop));
}
