import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import { planMessage } from '../engine/plan-turn.js';
import { startTurn, type StartedTurn, type StartOptions } from '../engine/run-turn.js';
import { jsonResponse, type HttpResponse } from '../http/http-response.js';
import { holdRun, RUN_ID_HEADER, streamPieces, type RunReader } from '../http/run-response.js';
import { notFound } from '../runs/run-hub.js';
import { currentThreadId } from '../session/session-token.js';
import type { HistoryQuery, SessionRecord, TurnRecord } from '../store/index.js';
import type { ChatRequest } from './chat-request.js';
import { errorOfRecord, toChatResponse, type ChatResponseBody } from './chat-response.js';
import { TextDeltas } from './text-deltas.js';

/** A caller of the simple API always has a session. */
export interface ChatCaller extends Caller {
  session: SessionRecord;
  /** What the answer's `session_id` repeats. */
  sessionId: string;
}

/** Starts the turn of a simple message: the same engine as the ChatKit protocol's. */
export async function startChat(engine: Engine, caller: ChatCaller, request: ChatRequest, options: StartOptions): Promise<StartedTurn> {
  const threadId = request.threadId ?? (await currentThreadId(caller.session.id));
  const plan = await planMessage(engine, caller, {
    threadId,
    create: request.threadId === undefined,
    input: { content: [{ type: 'input_text', text: request.message }], attachments: [], inference_options: {} },
  });
  return startTurn(engine, caller, plan, options);
}

/** `POST /chat`: waits for the turn's end. */
export async function answerChat(run: StartedTurn, reader: RunReader & { caller: ChatCaller }): Promise<HttpResponse> {
  const release = holdRun(run, reader);
  try {
    return jsonResponse(await chatResponse(run, reader), { headers: { [RUN_ID_HEADER]: run.runId } });
  } finally {
    release();
  }
}

/** `POST /chat/stream`: text as it comes, then the whole answer. */
export function streamChat(run: StartedTurn, reader: RunReader & { caller: ChatCaller }): HttpResponse {
  const controller = new AbortController();
  return streamPieces(run, reader, { controller, pieces: chatPieces(run, reader, controller.signal) });
}

async function* chatPieces(run: StartedTurn, reader: RunReader & { caller: ChatCaller }, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  const deltas = new TextDeltas();
  for await (const events of run.events(0, signal)) {
    const delta = deltas.take(events);
    if (delta !== '') yield frame({ delta });
  }
  if (signal.aborted) return;
  const response = await chatResponse(run, reader);
  yield frame(response.type === 'error' ? { error: response.error, error_code: response.error_code } : { done: true, ...response });
}

function frame(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

async function chatResponse(run: StartedTurn, reader: RunReader & { caller: ChatCaller }): Promise<ChatResponseBody> {
  const { engine, caller } = reader;
  const options = { sessionId: caller.sessionId, timestamp: engine.now() };
  if (run.result) {
    const { record, error } = await run.result;
    return toChatResponse(record, { ...options, error });
  }
  const record = await recordOf(run, reader);
  return toChatResponse(record, { ...options, error: errorOfRecord(record) });
}

/** Of a run that another node executes, or that ended before: once it has ended, its record says all. */
async function recordOf(run: StartedTurn, { engine, caller, signal }: RunReader): Promise<TurnRecord> {
  for await (const _events of run.events(0, signal)) {
    // Only its end matters here.
  }
  const page = await engine.store.history.query(caller.scope, { runId: run.runId, includeSuperseded: true, limit: 1 });
  const [record] = page?.data ?? [];
  if (!record) throw notFound();
  return record;
}

/** `GET /history`: the session's turns, newest first unless asked otherwise. */
export async function chatHistory(engine: Engine, caller: ChatCaller, query: Pick<HistoryQuery, 'limit' | 'after' | 'order'>): Promise<unknown> {
  const page = await engine.store.history.query(caller.scope, { ...query, sessionId: caller.session.id });
  if (!page) throw notFound();
  return {
    ...page,
    data: page.data.map((record) => ({
      user_message: record.userMessage,
      created_at: record.createdAt.toISOString(),
      response: toChatResponse(record, { sessionId: caller.sessionId, error: errorOfRecord(record), timestamp: record.createdAt }),
    })),
  };
}
