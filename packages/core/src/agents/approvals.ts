import { RunContext, RunState, type RunToolApprovalItem } from '@openai/agents';
import type { Turn } from '../app-types.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import type { AnyAgent, AnyStreamedRun, ApprovalRequest } from './agent-types.js';

/** What is stored with a request for approval: the halted run, and which of its calls is asked about. */
interface StoredApproval {
  kind: 'agent_run';
  callId: string;
  run: unknown;
}

/**
 * Puts the first call that waits for approval to the user. Others of the same answer are asked about one after another: deciding on one goes
 * on with the run, which halts again at the next.
 */
export async function askForApproval(options: { result: AnyStreamedRun; turn: Turn; approval: ApprovalRequest<Turn> | undefined }): Promise<void> {
  const { result, turn, approval } = options;
  const [item] = result.interruptions;
  if (!item) return;
  const call = { tool: item.name ?? 'tool', input: parseInput(item.arguments), item };
  const { title, details, widget } = approval?.(call, turn) ?? { title: `Allow ${call.tool}?`, details: call.input, widget: undefined };
  const stored: StoredApproval = { kind: 'agent_run', callId: callIdOf(item), run: stateWithoutContext(result) };
  await turn.requestApproval({ title, details, state: JSON.stringify(stored), widget });
}

/** The halted run with the user's decision applied; null when this turn answers no such request. */
export async function resumeRun<A extends AnyAgent>(options: { agent: A; turn: Turn; context: unknown }): Promise<RunState<unknown, A> | null> {
  const { agent, turn, context } = options;
  const stored = turn.trigger.type === 'approval' ? parseStored(turn.trigger.state) : null;
  if (!stored || turn.trigger.type !== 'approval') return null;
  const { approved, note } = turn.trigger;
  const state = await restore(agent, stored, context);
  const item = state.getInterruptions().find((interruption) => callIdOf(interruption) === stored.callId);
  if (!item) throw outdated();
  if (approved) state.approve(item);
  else state.reject(item, note === undefined || note === '' ? {} : { message: note });
  return state;
}

async function restore<A extends AnyAgent>(agent: A, stored: StoredApproval, context: unknown): Promise<RunState<unknown, A>> {
  try {
    return await RunState.fromStringWithContext<unknown, A>(agent, JSON.stringify(stored.run), new RunContext(context));
  } catch (error) {
    throw outdated(error);
  }
}

/** The agent has changed since (its name, its tools), or the SDK's format has. */
function outdated(cause?: unknown): ChatKitError {
  return new ChatKitError({ code: 'approval_outdated', message: 'This request can no longer be continued. Please ask again.', status: 409, cause });
}

/** The context of a run is never stored: it is made anew for the turn that goes on with it. */
function stateWithoutContext(result: AnyStreamedRun): unknown {
  const state = result.state.toJSON();
  return { ...state, context: { ...state.context, context: {} } };
}

function callIdOf(item: RunToolApprovalItem): string {
  const { rawItem } = item;
  return ('callId' in rawItem ? rawItem.callId : rawItem.id) ?? '';
}

function parseInput(input: string | undefined): unknown {
  try {
    return JSON.parse(input ?? '{}') as unknown;
  } catch {
    return input;
  }
}

function parseStored(state: string): StoredApproval | null {
  try {
    const value = JSON.parse(state) as Partial<StoredApproval> | null;
    return value?.kind === 'agent_run' && typeof value.callId === 'string' ? (value as StoredApproval) : null;
  } catch {
    return null;
  }
}
