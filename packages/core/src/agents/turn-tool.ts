import { tool, type FunctionTool, type RunContext } from '@openai/agents';
import type * as z from 'zod';
import type { MaybePromise, Turn } from '../app-types.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { afterModel } from './model-outlet.js';
import { genuineId } from './provider-ids.js';
import { internalsOf, isTurn } from './turn-access.js';

export interface TurnToolOptions<P extends z.ZodObject, TTurn, Out> {
  name: string;
  description: string;
  parameters: P;
  /** True, or a true result: the user is asked before the tool runs. */
  needsApproval?: boolean | ((input: z.output<P>, turn: TTurn) => MaybePromise<boolean>) | undefined;
  /**
   * A {@link ChatKitError} thrown here ends the turn and is shown to the user. Of any other error the model learns only that there was one;
   * of a reply that doesn't fit its response type it is told what is wrong.
   */
  execute: (input: z.output<P>, turn: TTurn, call: { callId: string; signal: AbortSignal }) => MaybePromise<Out>;
}

/**
 * The SDK's `tool`, with the turn as second argument: annotate it with your app's turn type. What the tool shows comes after the text that the
 * model wrote before calling it (of the SDK's own tools that holds only while nothing in between takes time, such as storing an image), and
 * `turn.callClientTool` takes over the id of the model's call.
 */
export function turnTool<P extends z.ZodObject, TTurn = Turn, Out = unknown>(options: TurnToolOptions<P, TTurn, Out>): FunctionTool<TTurn, P, Out> {
  const { name, description, needsApproval } = options;
  // Of the SDK's many kinds of parameters this is one; a type parameter would leave that open.
  const parameters: z.ZodObject = options.parameters;
  const made = tool({
    name,
    description,
    parameters,
    needsApproval: typeof needsApproval === 'function'
      ? async (run, input) => needsApproval(input as z.output<P>, run.context as TTurn)
      : (needsApproval ?? false),
    execute: async (input, run, details) => {
      const context = (run as RunContext<TTurn>).context;
      const { toolCall, signal } = details ?? {};
      if (isTurn(context)) await afterModel(context);
      const turn = isTurn(context) ? (withCallIds(context as object as Turn, toolCall) as TTurn) : context;
      const output = await options.execute(input as z.output<P>, turn, { callId: toolCall?.callId ?? '', signal: signal ?? neverAborted });
      // The SDK would tell the model "undefined".
      return output ?? 'Done.';
    },
    errorFunction: (_run, error) => {
      if (ChatKitError.isInstance(error)) throw error;
      // By its name: the engine may come from another copy of the package.
      if (error instanceof Error && error.name === 'InvalidReplyError') return error.message;
      return 'The tool failed. Try again or go on without it.';
    },
  });
  return made as unknown as FunctionTool<TTurn, P, Out>;
}

const neverAborted = new AbortController().signal;

/** The same turn, whose first client tool call is the model's call of this tool. */
function withCallIds(turn: Turn, toolCall: { callId: string; id?: string | undefined } | undefined): Turn {
  if (!toolCall) return turn;
  let used = false;
  const callClientTool: Turn['callClientTool'] = (call) => {
    const itemId = genuineId('function_call', toolCall.id);
    const ids = used ? {} : { callId: toolCall.callId, ...(itemId === undefined || internalsOf(turn).isTaken(itemId) ? {} : { itemId }) };
    used = true;
    return turn.callClientTool({ ...ids, ...call });
  };
  return Object.create(turn, { callClientTool: { value: callClientTool } }) as Turn;
}
