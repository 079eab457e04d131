import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import { itemsOf } from './response-object.js';
import { modelId, wholeText, type ModelOutput, type TextPieces } from './model-output.js';

type Delta = ChatCompletionChunk.Choice.Delta & { reasoning?: string; annotations?: unknown[] };
export type ChunkStep = { chunk: ChatCompletionChunk | { error: { code: string; message: string; type: string } } } | { wait: Promise<unknown> } | { disconnect: true };

/** A reply as Chat Completions streams it: one id for all, deltas of one message, calls by index. Items that this API doesn't have are left out. */
export function* chatCompletionChunks(request: Record<string, unknown>, outputs: readonly ModelOutput[]): Generator<ChunkStep> {
  const frame = chunkFrame(request);
  const chunk = (delta: Delta, reason: ChatCompletionChunk.Choice['finish_reason'] = null): ChunkStep => ({
    chunk: { ...frame, choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] },
  });
  yield chunk({ role: 'assistant', content: '' });
  let calls = 0;
  for (const output of outputs.flatMap((one) => (one.type === 'parallel' ? one.outputs : [one]))) {
    switch (output.type) {
      case 'message':
        for (const part of output.parts) {
          if (part.type === 'refusal') yield* pieces(part.refusal, (refusal) => chunk({ refusal }));
          else {
            yield* pieces(part.text, (content) => chunk({ content }));
            const citations = (part.citations ?? []).filter((citation) => citation.type === 'url_citation');
            if (citations.length > 0) yield chunk({ annotations: citations.map(({ type, ...citation }) => ({ type, url_citation: citation })) });
          }
        }
        break;
      case 'function_call':
        yield chunk({ tool_calls: [{ index: calls, id: output.callId, type: 'function', function: { name: output.name, arguments: '' } }] });
        yield chunk({ tool_calls: [{ index: calls, function: { arguments: output.arguments } }] });
        calls += 1;
        break;
      case 'reasoning':
        for (const summary of output.summaries) yield* pieces(summary, (thought) => chunk({ reasoning: thought }));
        break;
      case 'wait':
        yield { wait: output.until };
        break;
      case 'disconnect':
        yield { disconnect: true };
        return;
      case 'failure':
        yield { chunk: { error: { code: output.code, message: output.message, type: 'server_error' } } };
        return;
      case 'incomplete':
        yield chunk({}, output.reason === 'content_filter' ? 'content_filter' : 'length');
        return;
      default:
        break;
    }
  }
  yield chunk({}, calls > 0 ? 'tool_calls' : 'stop');
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  yield { chunk: { ...frame, choices: [], usage } };
}

function* pieces(text: TextPieces, chunk: (piece: string) => ChunkStep): Generator<ChunkStep> {
  for (const piece of typeof text === 'string' ? [text] : text) yield typeof piece === 'string' ? chunk(piece) : { wait: piece };
}

function chunkFrame(request: Record<string, unknown>): Pick<ChatCompletionChunk, 'id' | 'object' | 'created' | 'model'> {
  return { id: modelId('chatcmpl').replace('_', '-'), object: 'chat.completion.chunk', created: Math.floor(Date.now() / 1000), model: modelOf(request) };
}

/** The same reply without streaming. */
export function chatCompletion(request: Record<string, unknown>, outputs: readonly ModelOutput[]): ChatCompletion {
  const items = itemsOf(outputs);
  const parts = items.flatMap((item) => (item.type === 'message' ? item.parts : []));
  const text = parts.flatMap((part) => (part.type === 'text' ? [wholeText(part.text)] : [])).join('');
  const refusal = parts.flatMap((part) => (part.type === 'refusal' ? [wholeText(part.refusal)] : [])).join('');
  const calls = items.flatMap((item) => (item.type === 'function_call' ? [{ id: item.callId, type: 'function' as const, function: { name: item.name, arguments: item.arguments } }] : []));
  return {
    id: modelId('chatcmpl').replace('_', '-'), object: 'chat.completion', created: Math.floor(Date.now() / 1000), model: modelOf(request),
    choices: [{
      index: 0, logprobs: null, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
      message: { role: 'assistant', content: text === '' ? null : text, refusal: refusal === '' ? null : refusal, ...(calls.length > 0 ? { tool_calls: calls } : {}) },
    }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
}

function modelOf(request: Record<string, unknown>): string {
  return typeof request['model'] === 'string' ? request['model'] : 'local-model';
}
