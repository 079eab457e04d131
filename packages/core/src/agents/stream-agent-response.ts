import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { AnyAgent, AnyStreamedRun, ApprovalRequest, OutputHandler } from './agent-types.js';
import { askForApproval } from './approvals.js';
import { createConversionState } from './conversion-state.js';
import { finishOutput, releaseProse } from './final-output.js';
import { beginModelOrder } from './model-order.js';
import type { ResponseConverters } from './response-converters.js';
import { RunConversion } from './run-conversion.js';
import { isGuardrailTripwire, isRefusal, unwrapToolError } from './run-errors.js';
import { RunEvents } from './run-events.js';
import { internalsOf } from './turn-access.js';

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
export async function* streamAgentResponse(options: StreamAgentResponseOptions): AsyncGenerator<TurnEvent, void, undefined> {
  const { result, turn, onOutput, approval } = options;
  const internals = internalsOf(turn);
  const shownBefore = new Set(internals.shownIds);
  const state = createConversionState(turn, internals, options.converters ?? {});
  const events = new RunEvents(result, turn.signal);
  const conversion = new RunConversion(state, result.currentAgent as AnyAgent | undefined);
  const order = beginModelOrder(turn);
  try {
    await state.reasoning.continueStored();
    for (;;) {
      const event = await order.read(events.next);
      if (!event) break;
      const converted = conversion.convert(event);
      yield* Array.isArray(converted) ? converted : await converted;
    }
    if (turn.signal.aborted) return;
    yield* state.images.removeUnfinished();
    yield* state.messages.endUnfinished();
    // Stopped by someone else than the turn: what was shown is kept, and there is no output.
    if (result.cancelled) return;
    if (result.interruptions.length > 0) {
      yield* state.messages.held.flatMap(releaseProse);
      await askForApproval({ result, turn, approval });
    } else yield* finishOutput({ result, turn, messages: state.messages, onOutput });
    await state.reasoning.leaveOpen();
  } catch (thrown) {
    if (turn.signal.aborted) return;
    const error = unwrapToolError(thrown);
    if (isGuardrailTripwire(error)) {
      for (const id of [...internals.shownIds]) if (!shownBefore.has(id)) yield { type: 'thread.item.removed', item_id: id };
    } else if (isRefusal(error) && state.messages.any) {
      yield* state.messages.held.flatMap((message) => message.release());
      return;
    }
    throw error;
  } finally {
    order[Symbol.dispose]();
    events.close();
  }
}
