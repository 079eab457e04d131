import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { AnyStreamedRun, OutputHandler } from './agent-types.js';
import type { AssistantMessage } from './assistant-message.js';
import type { Messages } from './messages.js';
import type { ModelOutlet } from './model-outlet.js';
import { internalsOf } from './turn-access.js';

/**
 * The end of a run. Structured output goes to the app's handler, or becomes the response type that it fits; what fits none is shown as text.
 */
export async function finishOutput(options: {
  result: AnyStreamedRun;
  turn: Turn;
  messages: Messages;
  onOutput: OutputHandler<unknown, Turn> | undefined;
  outlet: ModelOutlet;
}): Promise<void> {
  const { result, turn, messages, onOutput, outlet } = options;
  const endedByTool = result.newItems.at(-1)?.type === 'tool_call_output_item';
  const final = endedByTool ? undefined : messages.held.at(-1);
  outlet.send(messages.held.filter((message) => message !== final).flatMap(releaseProse));
  await outlet.settle();
  if (endedByTool && (!onOutput || (await waitsForClient(turn)))) return;
  const output: unknown = result.finalOutput;
  if (onOutput) await onOutput(output, turn);
  else if (final && !(await internalsOf(turn).showReply(output))) {
    outlet.send(final.release());
    await outlet.settle();
  }
}

/** Shows what an agent with structured output said on its way, unless it is a draft of that output. */
export function releaseProse(message: AssistantMessage): TurnEvent[] {
  return /^\s*(\{|\[|```)/.test(message.text) || message.text.trim() === '' ? [] : message.release();
}

/** A tool has asked the page or the user for something: what it returned is not the agent's answer. */
async function waitsForClient(turn: Turn): Promise<boolean> {
  const [newest] = (await turn.items({ limit: 1, order: 'desc' })).data;
  return (newest?.type === 'client_tool_call' || newest?.type === 'structured_input') && newest.status === 'pending';
}
