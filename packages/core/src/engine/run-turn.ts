import { ChatKitError } from '../errors/chatkit-error.js';
import type { Page, StreamingRequest, Thread, ThreadItem } from '../protocol/index.js';
import { buildModelInput } from '../model-input/build-model-input.js';
import type { LocalRun } from '../runs/local-run.js';
import { newId, sanitizeJson, type RunEvent, type RunRecord, type TurnRecord } from '../store/index.js';
import type { Caller } from './caller.js';
import { consumeOutput } from './consume-output.js';
import { endTurnSafely } from './end-turn-safely.js';
import type { Engine } from './engine.js';
import { errorEvent } from './error-event.js';
import { userText } from './message-text.js';
import { planTurn } from './plan-turn.js';
import { closingWrite, replyMessage, turnRecord } from './turn-record.js';
import { createTurnHandle, type EngineTurn } from './turn-handle.js';
import { TurnPipeline } from './turn-pipeline.js';
import type { TurnPlan, TurnStart } from './turn-plan.js';
import { withdrawApprovals } from './withdraw-approvals.js';

/** What a turn came to. */
export interface TurnResult {
  record: TurnRecord;
  /** What the user is told when it ended in an error. */
  error: { code: string; message: string } | null;
}

/** A turn that has been let in: all that can be refused has been. */
export interface StartedTurn {
  runId: string;
  threadId: string;
  /** The run, when this process executes it. */
  local: LocalRun | null;
  /** When it has ended; null: it is another node's, or an earlier one. */
  result: Promise<TurnResult> | null;
  events: (after: number, signal: AbortSignal) => AsyncIterable<RunEvent[]>;
}

export interface StartOptions {
  idempotencyKey?: string | undefined;
}

const results = new WeakMap<LocalRun, Promise<TurnResult>>();

/** Begins a turn: throws what the client is told with a status; afterwards all that goes wrong is part of the stream. */
export async function planAndStart(engine: Engine, caller: Caller, request: StreamingRequest, options: StartOptions): Promise<StartedTurn> {
  let plan: TurnPlan;
  try {
    plan = await planTurn(engine, caller, request);
  } catch (error) {
    const threadId = 'thread_id' in request.params ? request.params.thread_id : null;
    return followed(engine, caller, await repeatedInstead(engine, caller, error, { threadId: threadId ?? newId('thread'), idempotencyKey: options.idempotencyKey }), threadId);
  }
  return startTurn(engine, caller, plan, options);
}

/** Begins a turn that is planned. Throws as {@link planAndStart} does. */
export function startTurn(engine: Engine, caller: Caller, plan: TurnPlan, options: StartOptions = {}): Promise<StartedTurn> {
  const started = beginTurn(engine, caller, plan, options);
  // A server that is closed meanwhile leaves the stores open until it is known whether there is a turn to be ended.
  engine.track(started);
  return started;
}

async function beginTurn(engine: Engine, caller: Caller, plan: TurnPlan, options: StartOptions): Promise<StartedTurn> {
  const runId = newId('run');
  const early = plan.start ?? (await prepareOrFindRepeated(engine, caller, plan, options));
  if ('repeated' in early) return followed(engine, caller, early.repeated, plan.threadId);
  const describe = (start: TurnStart): unknown =>
    sanitizeJson({ sessionId: caller.session?.id ?? null, userId: caller.session?.label ?? null, userItemId: start.message?.id ?? null,
      userMessage: start.message ? userText(start.message) : '', removeAfter: start.removeAfter ?? null, createdAt: engine.now().toISOString() });
  const begun = await engine.hub.begin(caller.scope, {
    run: { runId, threadId: plan.threadId, idempotencyKey: options.idempotencyKey, maxPerOwner: engine.limits.maxRunsPerOwner, turn: describe(early) },
    write: { threadId: plan.threadId, ...(plan.start ? plan.start.write : { onlyIfActive: true }) },
  });
  if (begun.outcome === 'repeated') return followed(engine, caller, begun.run, plan.start?.write.create ? null : plan.threadId);

  const start = plan.start ?? (await prepareAgain(engine, caller, plan, begun.run));
  const local = engine.hub.adopt(begun.run);
  const recentIsCurrent = plan.start !== undefined || (start.write.put === undefined && start.write.remove === undefined);
  const result = execute({ engine, caller, start, local, thread: begun.thread, recent: begun.items, recentIsCurrent });
  results.set(local, result);
  engine.track(result);
  return { runId, threadId: plan.threadId, local, result, events: (after, signal) => local.follow(after, signal) };
}

/** What is refused may be so because it was done: then the request's key tells of the run that did it. */
async function prepareOrFindRepeated(engine: Engine, caller: Caller, plan: TurnPlan, { idempotencyKey }: StartOptions): Promise<TurnStart | { repeated: RunRecord }> {
  try {
    const start = await plan.prepare?.();
    if (!start) throw new Error('A turn plan needs a start or a way to prepare it.');
    return start;
  } catch (error) {
    return { repeated: await repeatedInstead(engine, caller, error, { threadId: plan.threadId, idempotencyKey }) };
  }
}

/** Throws the error again unless there is a run that did what is refused now. */
async function repeatedInstead(
  engine: Engine, caller: Caller, error: unknown, { threadId, idempotencyKey }: { threadId: string; idempotencyKey: string | undefined },
): Promise<RunRecord> {
  const known = idempotencyKey !== undefined && ChatKitError.isInstance(error) && error.status < 500
    ? await engine.hub.findRepeated(caller.scope, { threadId, idempotencyKey }).catch(() => null)
    : null;
  if (!known) throw error;
  return known;
}

/** `threadId`: the one that the request names, if it names one. */
function followed(engine: Engine, caller: Caller, run: RunRecord, threadId: string | null): StartedTurn {
  if (threadId !== null && run.threadId !== threadId) {
    throw new ChatKitError({ code: 'idempotency_key_reused', message: 'This idempotency key was used for another conversation.', status: 409, path: 'idempotency-key' });
  }
  const local = engine.hub.local(run.runId) ?? null;
  return {
    runId: run.runId,
    threadId: run.threadId,
    local,
    result: (local && results.get(local)) ?? null,
    events: (after, signal) => engine.hub.follow(caller.scope, { runId: run.runId, after, signal }),
  };
}

/** The thread is ours: look once more, since another run may have answered what this one is about. */
async function prepareAgain(engine: Engine, caller: Caller, plan: TurnPlan, run: RunRecord): Promise<TurnStart> {
  let start: TurnStart | undefined;
  try {
    start = await plan.prepare?.();
    if (!start) throw new Error('A turn plan without a start must prepare one.');
    const written = await engine.store.threads.write(caller.scope, { ...start.write, threadId: run.threadId, fence: run.fence });
    if (written !== 'written') throw new ChatKitError({ code: 'not_found', message: 'Not found.', status: 404 });
    return start;
  } catch (error) {
    await start?.undo?.().catch(() => undefined);
    await engine.store.runs.discard(run).catch(() => undefined);
    throw error;
  }
}

interface Execution {
  engine: Engine;
  caller: Caller;
  start: TurnStart;
  local: LocalRun;
  thread: Thread;
  /** The newest items when the thread was taken. */
  recent: Page<ThreadItem>;
  /** Nothing was written between that and the turn. */
  recentIsCurrent: boolean;
}

async function execute(execution: Execution): Promise<TurnResult> {
  const { engine, caller, start, local, thread } = execution;
  const createdAt = engine.now();
  const pipeline = new TurnPipeline({
    run: local, threads: engine.store.threads, scope: caller.scope, thread, parser: engine.parser, now: engine.now, removeAfter: start.removeAfter,
    warn: (message) => engine.logger.warn(message, { requestId: caller.requestId }),
  });
  const timeout = setTimeout(() => local.abort('timeout'), engine.limits.turnTimeoutMs);
  let failure: { error: unknown } | null = null;
  try {
    for (const event of start.prelude) pipeline.send(event);
    await runResponder(execution, pipeline);
  } catch (error) {
    failure = { error };
  } finally {
    clearTimeout(timeout);
  }
  await pipeline.close();
  return finish(execution, pipeline, { failure, createdAt }).finally(() => engine.hub.release(local.lease.runId));
}

async function runResponder(execution: Execution, pipeline: TurnPipeline): Promise<void> {
  const { engine, caller, start, local } = execution;
  pipeline.send({ type: 'stream_options', stream_options: engine.streamOptions({ thread: pipeline.thread }) });
  for (const event of start.opening) await pipeline.emit(event);
  if (start.trigger.type === 'message' && engine.approvals.onNewMessage === 'withdraw') {
    for (const event of await withdrawApprovals(engine.store, caller.scope, execution.recent.data)) await pipeline.emit(event);
  }
  const failures: unknown[] = [];
  const turn = createTurnHandle({
    pipeline, caller, store: engine.store, runId: local.lease.runId, signal: local.signal, trigger: start.trigger, message: start.message,
    userText: start.message ? userText(start.message) : '', recent: execution.recent.data,
    modelInput: (info) => buildModelInput(engine, caller, {
      info, threadId: pipeline.thread.id, upTo: start.removeAfter, recent: execution.recentIsCurrent && !pipeline.changedItems ? execution.recent : null,
    }),
    keptRun: start.keptRun, approvalLifetimeMs: engine.approvals.lifetimeMs,
    onFailure: (error) => failures.push(error),
  });
  const output = await consumeOutput({ run: () => start.run(turn), pipeline, signal: local.signal }).catch(async (error: unknown) => {
    if (start.outdated && ChatKitError.isInstance(error) && error.code === 'approval_outdated') await pipeline.emit(start.outdated);
    throw error;
  });
  await pipeline.drain();
  if (failures.length > 0) throw failures[0];
  if (output && start.trigger.type === 'action' && start.trigger.sender) {
    await pipeline.emit({ type: 'thread.item.replaced', item: { ...start.trigger.sender, widget: output } });
  }
  await pipeline.enqueue(() => pipeline.closeOpenItem());
  const message = replyMessage(pipeline);
  if (message !== '') await pipeline.emit({ type: 'thread.item.done', item: { type: 'assistant_message', id: newId('message'), content: [{ type: 'output_text', text: message, annotations: [] }] } });
  await giveTitle(execution, pipeline, turn);
}

/** The answer is complete: a title that can't be made takes nothing away from it, and the next turn tries again. One that ignores the abort doesn't hold the turn. */
async function giveTitle({ engine, caller, local }: Execution, pipeline: TurnPipeline, turn: EngineTurn): Promise<void> {
  if (!engine.titles || pipeline.thread.title !== undefined || local.signal.aborted) return;
  let title = '';
  try {
    const stopped = new Promise<string>((resolve) => local.signal.addEventListener('abort', () => resolve(''), { once: true }));
    // The app typed its own context; here it is what its `authenticate` returned.
    title = (await Promise.race([engine.titles(turn as never), stopped])).trim();
  } catch (error) {
    if (!local.signal.aborted) engine.report(error, { requestId: caller.requestId });
    return;
  }
  if (title !== '') await pipeline.enqueue(() => pipeline.updateThread({ title }));
}

async function finish(
  { engine, caller, start, local }: Execution, pipeline: TurnPipeline, { failure, createdAt }: { failure: { error: unknown } | null; createdAt: Date },
): Promise<TurnResult> {
  const reason = local.abortReason;
  // A stop that comes once the answer is complete changes nothing of it.
  const complete = failure === null && (reason === null || reason === 'cancelled' || reason === 'timeout');
  const outcome = complete ? 'completed' : reason === 'cancelled' ? 'cancelled' : 'error';
  const cause: unknown = reason === 'timeout' ? timeoutError() : reason === 'failed' ? local.signal.reason : failure?.error;
  const error = outcome === 'error' ? errorEvent(cause) : null;
  if (failure && error && reason !== 'timeout' && (!ChatKitError.isInstance(failure.error) || failure.error.status >= 500)) engine.report(failure.error, { requestId: caller.requestId });

  const { write, partialTexts, leavesOldAnswer } = await closingWrite({ engine, caller, pipeline, outcome });
  const record = turnRecord({ pipeline, caller, start, runId: local.lease.runId, outcome, createdAt, partialTexts });
  // History shows what the thread shows: there the earlier answer still stands.
  const toAdd = leavesOldAnswer ? { ...record, superseded: true } : record;
  let ended = false;
  if (reason !== 'lost') {
    if (error) pipeline.send(error);
    pipeline.announceThread();
    await local.flush();
    ended = await endTurnSafely(engine, caller, { lease: local.lease, end: { status: outcome }, write: { ...write, threadId: pipeline.thread.id }, record: toAdd });
  }
  if (!ended && error) {
    // Whoever takes the run over knows only what is in its log: nothing else is shown here, but that this was not the end.
    local.dropUnseen();
    pipeline.send(error);
  }
  return { record, error: error && { code: ChatKitError.isInstance(cause) ? cause.code : error.code, message: error.message ?? 'Something went wrong. Please try again.' } };
}

function timeoutError(): ChatKitError {
  return new ChatKitError({ code: 'turn_timeout', message: 'The answer took too long.', status: 504, allowRetry: true });
}

