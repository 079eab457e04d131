/** Text of a message: whole, or in the pieces in which it is streamed. A promise between pieces holds the stream until it resolves. */
export type TextPieces = string | readonly (string | Promise<unknown>)[];

/** A citation as the Responses API sends it. */
export type Citation =
  | { type: 'url_citation'; url: string; title: string; start_index: number; end_index: number }
  | { type: 'file_citation'; file_id: string; filename: string; index: number }
  | { type: 'container_file_citation'; container_id: string; file_id: string; filename: string; start_index: number; end_index: number }
  | { type: 'file_path'; file_id: string; index: number };

export interface TextPart {
  type: 'text';
  text: TextPieces;
  citations?: readonly Citation[] | undefined;
}

export interface RefusalPart {
  type: 'refusal';
  refusal: TextPieces;
}

/** One step of a scripted reply: an output item of the model, a wait, or a fault. */
export type ModelOutput =
  | { type: 'message'; id: string; parts: readonly (TextPart | RefusalPart)[] }
  | { type: 'function_call'; id: string; callId: string; name: string; arguments: string }
  | { type: 'reasoning'; id: string; summaries: readonly TextPieces[] }
  /** `result`: base64; null for a call that failed. */
  | { type: 'image'; id: string; partials: readonly string[]; result: string | null; format: 'png' | 'jpeg' | 'webp' }
  | { type: 'web_search'; id: string; query: string; sources: readonly string[] }
  | { type: 'file_search'; id: string; queries: readonly string[]; results: readonly { file_id: string; filename: string; text: string; score: number }[] }
  | { type: 'code_interpreter'; id: string; code: string; logs: string }
  | { type: 'mcp_call'; id: string; serverLabel: string; name: string; arguments: string; output: string }
  /** Several items at once: their events are interleaved, one of each in turn. */
  | { type: 'parallel'; outputs: readonly ModelOutput[] }
  /** Holds the stream until the promise resolves. */
  | { type: 'wait'; until: Promise<unknown> }
  /** The model fails in the middle: `response.failed`, or in Chat Completions an error chunk. */
  | { type: 'failure'; code: string; message: string }
  /** The model stops early: `response.incomplete`, or in Chat Completions `finish_reason: "length"`. */
  | { type: 'incomplete'; reason: 'max_output_tokens' | 'content_filter' }
  /** The connection breaks. */
  | { type: 'disconnect' };

/** What one request to the model is answered with: a stream of outputs, or an HTTP error before anything is sent. */
export type ModelReply = readonly ModelOutput[] | HttpError;

export interface HttpError {
  type: 'http_error';
  status: number;
  message: string;
  code?: string | undefined;
}

let counter = 0;

/** Ids of the form and length that OpenAI uses; every one differs. */
export function modelId(prefix: string): string {
  counter += 1;
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}${counter.toString(16).padStart(16, '0')}`;
}

export function text(pieces: TextPieces, options: { id?: string | undefined; citations?: readonly Citation[] | undefined } = {}): ModelOutput {
  return message([{ type: 'text', text: pieces, citations: options.citations }], options);
}

export function refusal(pieces: TextPieces, options: { id?: string | undefined } = {}): ModelOutput {
  return message([{ type: 'refusal', refusal: pieces }], options);
}

/** A message of several parts. */
export function message(parts: readonly (TextPart | RefusalPart)[], options: { id?: string | undefined } = {}): ModelOutput {
  return { type: 'message', id: options.id ?? modelId('msg'), parts };
}

export function functionCall(name: string, input: unknown = {}, options: { id?: string | undefined; callId?: string | undefined } = {}): ModelOutput {
  return {
    type: 'function_call', id: options.id ?? modelId('fc'), callId: options.callId ?? modelId('call'), name,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  };
}

/** One thought a summary. */
export function reasoning(...summaries: TextPieces[]): ModelOutput {
  return { type: 'reasoning', id: modelId('rs'), summaries };
}

export function image(result: string | null, options: { id?: string | undefined; partials?: readonly string[] | undefined; format?: 'png' | 'jpeg' | 'webp' | undefined } = {}): ModelOutput {
  return { type: 'image', id: options.id ?? modelId('ig'), partials: options.partials ?? [], result, format: options.format ?? 'png' };
}

export function webSearch(query: string, sources: readonly string[] = []): ModelOutput {
  return { type: 'web_search', id: modelId('ws'), query, sources };
}

export function fileSearch(
  queries: readonly string[],
  results: readonly { file_id: string; filename: string; text: string; score: number }[] = [],
): ModelOutput {
  return { type: 'file_search', id: modelId('fs'), queries, results };
}

export function codeInterpreter(code: string, logs = ''): ModelOutput {
  return { type: 'code_interpreter', id: modelId('ci'), code, logs };
}

export function mcpCall(call: { serverLabel: string; name: string; input?: unknown; output: string }): ModelOutput {
  return { type: 'mcp_call', id: modelId('mcp'), serverLabel: call.serverLabel, name: call.name, arguments: JSON.stringify(call.input ?? {}), output: call.output };
}

export function parallel(...outputs: ModelOutput[]): ModelOutput {
  return { type: 'parallel', outputs };
}

export function wait(until: Promise<unknown>): ModelOutput {
  return { type: 'wait', until };
}

export function failure(text = 'The model failed.', code = 'server_error'): ModelOutput {
  return { type: 'failure', code, message: text };
}

export function incomplete(reason: 'max_output_tokens' | 'content_filter' = 'max_output_tokens'): ModelOutput {
  return { type: 'incomplete', reason };
}

export function disconnect(): ModelOutput {
  return { type: 'disconnect' };
}

/** 4xx other than 408, 409 and 429 is final for the client; anything else it tries again. */
export function httpError(status: number, message = 'The request was refused.', code?: string): HttpError {
  return { type: 'http_error', status, message, code };
}

/** The pieces of a text that are strings, joined. */
export function wholeText(pieces: TextPieces): string {
  return typeof pieces === 'string' ? pieces : pieces.filter((piece) => typeof piece === 'string').join('');
}
