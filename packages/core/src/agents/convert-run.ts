import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { AnyAgent, AnyStreamedRun, ApprovalRequest, OutputHandler } from './agent-types.js';
import { askForApproval } from './approvals.js';
import { createConversionState } from './conversion-state.js';
import type { Emit } from './event-stream.js';
import { finishOutput, releaseProse } from './final-output.js';
import { openOutlet, type ModelOutlet } from './model-outlet.js';
import type { ResponseConverters } from './response-converters.js';
import { RunConversion } from './run-conversion.js';
import { isGuardrailTripwire, isRefusal, unwrapToolError } from './run-errors.js';
import { RunEvents } from './run-events.js';
import { RunKeeper } from './run-keeper.js';
import { internalsOf } from './turn-access.js';

export interface RunConversionOptions {
  result: AnyStreamedRun;
  turn: Turn;
  onOutput: OutputHandler<unknown, Turn> | undefined;
  approval: ApprovalRequest<Turn> | undefined;
  converters: ResponseConverters | undefined;
}

/** Passes a run on to the turn, to its end, its error, or until the turn or the reader stops it. */
export async function convertRun(options: RunConversionOptions, emit: Emit, stop: AbortSignal): Promise<void> {
  const { result, turn, onOutput, approval } = options;
  const internals = internalsOf(turn);
  const shownBefore = new Set(internals.shownIds);
  const outlet = openOutlet(turn, emit);
  const state = createConversionState({ turn, internals, converters: options.converters ?? {}, settle: () => outlet.settle() });
  const conversion = new RunConversion(state, result.currentAgent as AnyAgent | undefined);
  const events = new RunEvents(result, [turn.signal, stop]);
  const keeper = new RunKeeper(result, internals);
  try {
    await state.reasoning.continueStored();
    await passOn(events, conversion, outlet, keeper);
    if (turn.signal.aborted || stop.aborted) return;
    outlet.send(state.images.removeUnfinished());
    outlet.send(state.messages.endUnfinished());
    await outlet.settle();
    // Stopped by someone else than the turn: what was shown is kept, and there is no output.
    if (result.cancelled) return;
    if (result.interruptions.length > 0) {
      outlet.send(state.messages.held.flatMap(releaseProse));
      await outlet.settle();
      await keeper.settled();
      await askForApproval({ result, turn, approval });
    } else {
      await finishOutput({ result, turn, messages: state.messages, onOutput, outlet });
      await keeper.done();
    }
    await state.reasoning.leaveOpen();
  } catch (thrown) {
    if (turn.signal.aborted || stop.aborted) return;
    const error = unwrapToolError(thrown);
    if (isGuardrailTripwire(error)) {
      await outlet.settle();
      outlet.send(removals(internals.shownIds, shownBefore));
      await outlet.settle();
    } else if (isRefusal(error)) {
      outlet.send(state.messages.held.flatMap(releaseProse));
      outlet.send(state.messages.endWithRefusal(error.refusal));
      await outlet.settle();
      await keeper.done();
      return;
    }
    throw error;
  } finally {
    outlet[Symbol.dispose]();
    events.close();
  }
}

/**
 * Without a pause of its own: it keeps step with the SDK, whose tools would otherwise start before the text that precedes them is passed on.
 * The pauses are those of the model's connection.
 */
async function passOn(events: RunEvents, conversion: RunConversion, outlet: ModelOutlet, keeper: RunKeeper): Promise<void> {
  for (;;) {
    outlet.reading = true;
    const { value, done } = await events.read();
    outlet.reading = false;
    if (done) return;
    keeper.note(value);
    const converted = conversion.convert(value);
    outlet.send(Array.isArray(converted) ? converted : await converted);
    outlet.check();
  }
}

function removals(shown: ReadonlySet<string>, before: ReadonlySet<string>): TurnEvent[] {
  return [...shown].filter((id) => !before.has(id)).map((id) => ({ type: 'thread.item.removed', item_id: id }));
}
