import { RunContext, RunState, type RunToolApprovalItem } from '@openai/agents';
import type { Turn } from '../app-types.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import type { AnyAgent, AnyStreamedRun, ApprovalRequest } from './agent-types.js';
import { parseStored, stateWithoutContext, type StoredRun } from './stored-run.js';
import { internalsOf } from './turn-access.js';

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
  const stored: StoredRun = { kind: 'agent_run', callId: callIdOf(item), run: stateWithoutContext(result) };
  await turn.requestApproval({ title, details, state: JSON.stringify(stored), widget });
}

interface ResumeOptions<A> {
  agent: A;
  turn: Turn;
  context: unknown;
}

/** The halted run with the user's decision applied, or the one that a retry goes on with; null when this turn begins a run of its own. */
export async function resumeRun<A extends AnyAgent>(options: ResumeOptions<A>): Promise<RunState<unknown, A> | null> {
  return (await decidedRun(options)) ?? (await keptRun(options));
}

async function decidedRun<A extends AnyAgent>({ agent, turn, context }: ResumeOptions<A>): Promise<RunState<unknown, A> | null> {
  const stored = turn.trigger.type === 'approval' ? parseStored(turn.trigger.state) : null;
  if (!stored || turn.trigger.type !== 'approval') return null;
  const { approved, note } = turn.trigger;
  const state = await restore(agent, stored, context).catch((error: unknown) => {
    throw outdated(error);
  });
  const item = state.getInterruptions().find((interruption) => callIdOf(interruption) === stored.callId);
  if (!item) throw outdated();
  if (approved) state.approve(item);
  else state.reject(item, note === undefined || note === '' ? {} : { message: note });
  const internals = internalsOf(turn);
  internals.goesOn = true;
  // Still undecided: should it never be known whether the tool did its work, a retry asks again, about the very same call.
  await internals.keepRun(JSON.stringify(stored));
  return state;
}

async function keptRun<A extends AnyAgent>({ agent, turn, context }: ResumeOptions<A>): Promise<RunState<unknown, A> | null> {
  const internals = internalsOf(turn);
  const stored = internals.keptRun === null ? null : parseStored(internals.keptRun);
  if (!stored) return null;
  // Another agent by now: then it begins anew.
  const state = await restore(agent, stored, context).catch(() => null);
  internals.goesOn = state !== null;
  return state;
}

function restore<A extends AnyAgent>(agent: A, stored: StoredRun, context: unknown): Promise<RunState<unknown, A>> {
  return RunState.fromStringWithContext<unknown, A>(agent, JSON.stringify(stored.run), new RunContext(context));
}

/** The agent has changed since (its name, its tools), or the SDK's format has. */
function outdated(cause?: unknown): ChatKitError {
  return new ChatKitError({ code: 'approval_outdated', message: 'This request can no longer be continued. Please ask again.', status: 409, cause });
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
