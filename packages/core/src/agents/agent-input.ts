import type { AgentInputItem, RunState } from '@openai/agents';
import type { Turn } from '../app-types.js';
import type { AnyAgent } from './agent-types.js';
import { resumeRun } from './approvals.js';

/**
 * What to give to `run()` in a turn: the conversation as model input, or, when the user has decided on a tool call that needed approval, the
 * halted run with the decision applied.
 *
 * ```ts
 * const result = await run(agent, await agentInput({ agent, turn }), { stream: true, context: turn, signal: turn.signal });
 * yield* streamAgentResponse({ result, turn });
 * ```
 */
export async function agentInput<A extends AnyAgent>(options: {
  agent: A;
  turn: Turn;
  /** The run's context, where it is not the turn. */
  context?: unknown;
  // As the SDK's own `run` types it: the context is not known here.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
}): Promise<AgentInputItem[] | RunState<any, A>> {
  const { agent, turn, context = turn } = options;
  return (await resumeRun({ agent, turn, context })) ?? turn.modelInput();
}
