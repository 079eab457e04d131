// The bounds of generic agents: only `any` accepts an agent of every context and output.
/* eslint-disable @typescript-eslint/no-explicit-any */
import { run, type Agent, type Runner } from '@openai/agents';
import type { MaybePromise, Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import { agentInput } from './agent-input.js';
import type { AnyAgent, ApprovalRequest, ContextOfAgent, OutputHandler, OutputOfAgent, TurnOfAgent } from './agent-types.js';
import { convertRun } from './convert-run.js';
import { eventStream } from './event-stream.js';
import type { ResponseConverters } from './response-converters.js';

export interface AgentResponderOptions<A, TTurn> {
  /** Default: the SDK's shared runner, with the app's default model provider and tracing. */
  runner?: Runner | undefined;
  /** Calls of the model in one run; more end it with an error. Default: the SDK's. */
  maxTurns?: number | undefined;
  /**
   * What to do with the agent's final output, e.g. `turn.reply(...)`. Structured output is then not shown otherwise.
   * Default: the parser tries every response type, and what fits none is shown as text.
   */
  onOutput?: OutputHandler<OutputOfAgent<A>, TTurn> | undefined;
  /** How a tool call that `needsApproval` is put to the user. Default: a card with two buttons. */
  approval?: ApprovalRequest<TTurn> | undefined;
  converters?: ResponseConverters | undefined;
}

/** For agents that have a context type of their own. */
export function agentResponder<A extends Agent<any, any>, TTurn extends Turn = Turn>(
  agent: A,
  options: AgentResponderOptions<A, TTurn> & { context: (turn: TTurn) => ContextOfAgent<A> },
): (turn: NoInfer<TTurn>) => AsyncIterable<TurnEvent>;
/** The turn is the run's context. A function makes the agent per turn (chosen model, tenant). */
export function agentResponder<A extends Agent<any, any>>(
  agent: A | ((turn: TurnOfAgent<A>) => MaybePromise<A>),
  options?: AgentResponderOptions<A, TurnOfAgent<A>>,
): (turn: TurnOfAgent<A>) => AsyncIterable<TurnEvent>;
/** A responder that lets an agent answer: with the conversation as its input, its run in the turn's context, and its stream as the reply. */
export function agentResponder(
  agent: AnyAgent | ((turn: any) => MaybePromise<AnyAgent>),
  options: AgentResponderOptions<any, any> & { context?: (turn: any) => unknown } = {},
): (turn: Turn) => AsyncIterable<TurnEvent> {
  return (turn) =>
    eventStream(async (emit, stop) => {
      const chosen = typeof agent === 'function' ? await agent(turn) : agent;
      const context = options.context ? options.context(turn) : turn;
      const input = await agentInput({ agent: chosen, turn, context });
      const runOptions = { stream: true, context, signal: turn.signal, ...(options.maxTurns === undefined ? {} : { maxTurns: options.maxTurns }) } as const;
      const result = options.runner ? await options.runner.run(chosen, input, runOptions) : await run(chosen, input, runOptions);
      await convertRun({ result, turn, onOutput: options.onOutput, approval: options.approval, converters: options.converters }, emit, stop);
    });
}
