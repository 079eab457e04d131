// The bounds of generic agents: only `any` accepts an agent of every context and output.
/* eslint-disable @typescript-eslint/no-explicit-any */
import type { Agent, RunToolApprovalItem, StreamedRunResult } from '@openai/agents';
import type { MaybePromise, Turn } from '../app-types.js';
import type { ApprovalWidget } from '../engine/turn.js';

export type AnyAgent = Agent<any, any>;
export type AnyStreamedRun = StreamedRunResult<any, any>;
export type ContextOfAgent<A> = A extends Agent<infer C, any> ? C : never;

/** The turn that an agent's tools ask for; an agent with another context needs `options.context`. */
export type TurnOfAgent<A> = unknown extends ContextOfAgent<A>
  ? Turn
  : ContextOfAgent<A> extends Turn
    ? ContextOfAgent<A>
    : Turn & { 'pass options.context for this agent': true };

export type OutputOfAgent<A> = A extends AnyAgent ? NonNullable<StreamedRunResult<any, A>['finalOutput']> : never;

/** What to do with an agent's final output. */
export type OutputHandler<Output, TTurn> = (output: Output, turn: TTurn) => MaybePromise<void>;

/** How a tool call that needs approval is put to the user. */
export type ApprovalRequest<TTurn> = (
  call: { tool: string; input: unknown; item: RunToolApprovalItem },
  turn: TTurn,
) => { title: string; details?: unknown; widget?: ApprovalWidget | undefined };
