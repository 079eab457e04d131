import { parseChatRequest } from '../chat/chat-request.js';
import { answerChat, chatHistory, startChat, streamChat, type ChatCaller } from '../chat/simple-api.js';
import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import { runJsonOperation } from '../engine/json-operations.js';
import { NotAWidgetError } from '../engine/plan-action.js';
import { planAndStart } from '../engine/run-turn.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { isOperation, isStreamingOperation, parseChatKitRequest, type StreamingRequest } from '../protocol/index.js';
import { shuttingDown } from '../runs/run-hub.js';
import type { SessionManager } from '../session/session-manager.js';
import { answerUploads, storeUpload } from './attachment-routes.js';
import { jsonResponse, type HttpResponse } from './http-response.js';
import { expired, identify, type Identified, type IdentifyOptions } from './identify.js';
import { readJson, tooLarge } from './read-json.js';
import { readPageQuery } from './read-page-query.js';
import { announcesResume, streamRun, type RunReader } from './run-response.js';
import { handleRuns } from './run-routes.js';
import type { Route } from './routes.js';
import { handleSession } from './session-routes.js';
import { SSE_HEADERS, toFrames } from './sse.js';

export interface RouteContext {
  engine: Engine;
  sessions: SessionManager;
  identifying: IdentifyOptions;
  request: Request;
  requestId: string;
}

/** One route, one answer. Throws what the client is told. */
export async function handleRoute(context: RouteContext, route: Route): Promise<HttpResponse> {
  switch (route.name) {
    case 'session.create':
    case 'session.renew':
    case 'session.fork':
    case 'session.end':
    case 'session.close':
      return handleSession(context, route.name);
    case 'chat':
    case 'chat.stream':
      return chat(context, route.name === 'chat.stream');
    case 'chatkit': {
      const body = await readBody(context);
      return chatKit(context, body, await identifyBy(context, body));
    }
    case 'history': {
      const query = readPageQuery(context.request, context.engine.limits);
      return jsonResponse(await chatHistory(context.engine, asChatCaller(await identifyBy(context, undefined)), query));
    }
    case 'runs.active':
    case 'runs.events':
    case 'runs.cancel':
      return handleRuns(context, route, await identifyBy(context, undefined));
    case 'attachments.store':
      return storeUpload(context.engine, context.request, () => identifyBy(context, undefined));
    case 'attachments':
      return answerUploads(context.engine, context.request, route.path);
    case 'healthz':
      return jsonResponse({ status: 'ok' });
    case 'readyz':
      await checkStores(context.engine);
      return jsonResponse({ status: 'ok' });
    default:
      return route satisfies never;
  }
}

/** A recording may be larger than anything else, base64 and all. */
async function readBody({ engine, request }: RouteContext): Promise<unknown> {
  const { limits, transcribe } = engine;
  const largest = transcribe ? Math.max(limits.maxBodyBytes, Math.ceil((limits.maxAudioBytes * 4) / 3) + ENVELOPE_BYTES) : limits.maxBodyBytes;
  const { value, bytes } = await readJson(request, { ...limits, maxBodyBytes: largest });
  const isAudio = typeof value === 'object' && value !== null && 'type' in value && value.type === 'input.transcribe';
  if (bytes > limits.maxBodyBytes && !isAudio) throw tooLarge(limits.maxBodyBytes);
  return value;
}

/** What is around a recording in a request. */
const ENVELOPE_BYTES = 1_024;

function identifyBy({ identifying, request, requestId }: RouteContext, body: unknown): Promise<Identified> {
  return identify(identifying, request, { body, requestId });
}

/** `/chat` also takes ChatKit operations: a page that points the official element here works. */
async function chat(context: RouteContext, streaming: boolean): Promise<HttpResponse> {
  const body = await readBody(context);
  if (!streaming && typeof body === 'object' && body !== null && 'type' in body && (isOperation(body.type) || 'params' in body)) {
    return chatKit(context, body, await identifyBy(context, body));
  }
  const request = parseChatRequest(body);
  const caller = asChatCaller(await identifyBy(context, body));
  const run = await startChat(context.engine, caller, request, startOptions(context.request));
  const reader = { ...readerOf(context, caller), caller };
  return streaming ? streamChat(run, reader) : answerChat(run, reader);
}

async function chatKit(context: RouteContext, body: unknown, caller: Identified): Promise<HttpResponse> {
  const parsed = parseChatKitRequest(body);
  if (!parsed.ok) throw new ChatKitError({ code: 'invalid_request', message: parsed.message, status: 400, path: parsed.path });
  const { request } = parsed;
  if (!isStreaming(request)) return jsonResponse(await runJsonOperation(context.engine, caller, request, context.request.signal));
  try {
    return streamRun(await planAndStart(context.engine, caller, request, startOptions(context.request)), readerOf(context, caller));
  } catch (error) {
    if (!(error instanceof NotAWidgetError)) throw error;
    return { status: 200, headers: { ...SSE_HEADERS }, body: toFrames([{ seq: null, json: '{"type":"error","code":"stream.error","allow_retry":false}' }], false) };
  }
}

function isStreaming(request: { type: string }): request is StreamingRequest {
  return isStreamingOperation(request.type);
}

function readerOf({ engine, request }: RouteContext, caller: Caller): RunReader {
  return { engine, caller, signal: request.signal, resumes: announcesResume(request) };
}

const MAX_KEY_CHARS = 255;

function startOptions(request: Request): { idempotencyKey?: string | undefined } {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key !== undefined && (key === '' || key.length > MAX_KEY_CHARS)) {
    throw new ChatKitError({ code: 'invalid_request', message: `expected 1 to ${String(MAX_KEY_CHARS)} characters`, status: 400, path: 'idempotency-key' });
  }
  return { idempotencyKey: key };
}

/** The simple API answers to a session, whoever its owner is. */
function asChatCaller(caller: Identified): ChatCaller {
  const { session, credential } = caller;
  if (!session || !credential) throw expired();
  // A cookie is kept from scripts, so its token is not repeated to them.
  return { ...caller, session, sessionId: credential.source === 'cookie' ? session.id : credential.token };
}

async function checkStores({ store, hub }: Engine): Promise<void> {
  if (hub.closing) throw shuttingDown();
  await Promise.all([store.threads, store.sessions, store.history, store.runs].map(async (part) => part.check?.()));
}
