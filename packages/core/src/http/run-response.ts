import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import type { StartedTurn } from '../engine/run-turn.js';
import type { HttpResponse } from './http-response.js';
import { END_OF_STREAM, HEARTBEAT_MS, SSE_HEADERS, SseBody, toFrames } from './sse.js';

export const RUN_ID_HEADER = 'x-chatkit-run-id';
export const CAPABILITIES_HEADER = 'x-chatkit-capabilities';

export interface RunReader {
  engine: Engine;
  caller: Caller;
  /** Aborts when the client's connection is lost. */
  signal: AbortSignal;
  /** The client resumes and cancels explicitly. */
  resumes: boolean;
  /** It only looks on: the run was asked for by another request. */
  looksOn?: boolean | undefined;
}

/** Whether the client announced that it resumes dropped streams and cancels explicitly. */
export function announcesResume(request: Request): boolean {
  return (request.headers.get(CAPABILITIES_HEADER) ?? '').split(',').some((name) => name.trim().toLowerCase() === 'resume');
}

/**
 * A run's events as an event stream; the reader's going is the stop button of clients that can't say it otherwise. For a client that resumes,
 * the comment `: end` is its very last line: a proxy that closes in good order is not taken for the run's end.
 */
export function streamRun(run: StartedTurn, reader: RunReader, after = 0): HttpResponse {
  const controller = new AbortController();
  const events = run.events(after, controller.signal)[Symbol.asyncIterator]();
  let saysEnd = reader.resumes;
  const pieces: AsyncIterator<string> = {
    next: async () => {
      const next = await events.next();
      if (!next.done) return { done: false, value: toFrames(next.value, reader.resumes) };
      // Aborted: it is the reading that ended, not the run.
      if (!saysEnd || controller.signal.aborted) return { done: true, value: undefined };
      saysEnd = false;
      return { done: false, value: END_OF_STREAM };
    },
    // A store's follower holds a place to wait, which it gives back only when it is told.
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
  return streamPieces(run, reader, { pieces, controller });
}

/** The same hold on the run for any form of its events. `controller` ends the pieces. */
export function streamPieces(run: StartedTurn, reader: RunReader, { pieces, controller }: { pieces: AsyncIterator<string>; controller: AbortController }): HttpResponse {
  const release = holdRun(run, reader);
  const body = new SseBody({
    pieces,
    heartbeatMs: reader.resumes ? HEARTBEAT_MS : undefined,
    onClose: () => {
      controller.abort();
      release();
    },
  });
  return { status: 200, headers: { ...SSE_HEADERS, [RUN_ID_HEADER]: run.runId }, body };
}

/** Keeps the run going for this reader; what happens when the last one is gone is `onDisconnect`. Returns the release. */
export function holdRun(run: StartedTurn, { engine, caller, signal, resumes, looksOn }: RunReader): () => void {
  const { local } = run;
  if (!local) return () => undefined;
  const cancels = engine.onDisconnect === 'cancel' || (engine.onDisconnect === 'auto' && !resumes);
  // Else a plain repetition of the same request, if it is the last to go, would stop it.
  if (!cancels && looksOn !== true) local.keep();
  const release = local.hold(() => {
    if (!cancels) return;
    local.abort('cancelled');
    // Other nodes have to know too: a message sent right after waits for the end instead of being refused.
    engine.track(engine.store.runs.requestCancel(caller.scope, { runId: run.runId }).catch(() => false));
  });
  if (signal.aborted) release();
  else signal.addEventListener('abort', release, { once: true });
  return () => {
    signal.removeEventListener('abort', release);
    release();
  };
}
