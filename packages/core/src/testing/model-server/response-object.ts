import type { Response, ResponseOutputItem } from 'openai/resources/responses/responses';
import { wholeText, type ModelOutput } from './model-output.js';

type ItemOutput = Exclude<ModelOutput, { type: 'parallel' | 'wait' | 'failure' | 'incomplete' | 'disconnect' }>;
/** The response without `output_text`, which clients compute themselves. */
export type WireResponse = Omit<Response, 'output_text'>;

/** Whether an output is an item of the response, not a step of the script. */
export function isItem(output: ModelOutput): output is ItemOutput {
  return !['parallel', 'wait', 'failure', 'incomplete', 'disconnect'].includes(output.type);
}

/** All items of a reply, in order. */
export function itemsOf(outputs: readonly ModelOutput[]): ItemOutput[] {
  return outputs.flatMap((output) => (output.type === 'parallel' ? itemsOf(output.outputs) : isItem(output) ? [output] : []));
}

/** A finished output item, as in `response.output_item.done` and in `response.output`. */
export function finishedItem(output: ItemOutput): ResponseOutputItem {
  switch (output.type) {
    case 'message':
      return {
        type: 'message', id: output.id, role: 'assistant', status: 'completed',
        content: output.parts.map((part) =>
          part.type === 'text'
            ? { type: 'output_text', text: wholeText(part.text), annotations: [...(part.citations ?? [])], logprobs: [] }
            : { type: 'refusal', refusal: wholeText(part.refusal) }),
      };
    case 'function_call':
      return { type: 'function_call', id: output.id, call_id: output.callId, name: output.name, arguments: output.arguments, status: 'completed' };
    case 'reasoning':
      return { type: 'reasoning', id: output.id, summary: output.summaries.map((summary) => ({ type: 'summary_text', text: wholeText(summary) })) };
    case 'image':
      return { type: 'image_generation_call', id: output.id, status: output.result === null ? 'failed' : 'completed', result: output.result, output_format: output.format };
    case 'web_search':
      return {
        type: 'web_search_call', id: output.id, status: 'completed',
        action: { type: 'search', query: output.query, queries: [output.query], sources: output.sources.map((url) => ({ type: 'url', url })) },
      };
    case 'file_search':
      return { type: 'file_search_call', id: output.id, status: 'completed', queries: [...output.queries], results: [...output.results] };
    case 'code_interpreter':
      return {
        type: 'code_interpreter_call', id: output.id, status: 'completed', code: output.code, container_id: 'cntr_1',
        outputs: [{ type: 'logs', logs: output.logs }],
      };
    case 'mcp_call':
      return {
        type: 'mcp_call', id: output.id, server_label: output.serverLabel, name: output.name, arguments: output.arguments,
        output: output.output, error: null, status: 'completed', approval_request_id: null,
      };
  }
}

/** How an item is announced: the same, with nothing in it yet. */
export function startedItem(output: ItemOutput): ResponseOutputItem {
  const finished = finishedItem(output);
  switch (finished.type) {
    case 'message':
      return { ...finished, status: 'in_progress', content: [] };
    case 'function_call':
      return { ...finished, status: 'in_progress', arguments: '' };
    case 'reasoning':
      return { ...finished, summary: [] };
    case 'image_generation_call':
      return { ...finished, status: 'in_progress', result: null };
    case 'web_search_call':
      return { ...finished, status: 'in_progress', action: { type: 'search' } };
    case 'file_search_call':
      return { ...finished, status: 'in_progress', results: null };
    case 'code_interpreter_call':
      return { ...finished, status: 'in_progress', code: '', outputs: null };
    case 'mcp_call':
      return { ...finished, status: 'in_progress', arguments: '', output: null };
    default:
      return finished;
  }
}

/** The response around the items. */
export function responseObject(request: Record<string, unknown>, options: { id: string; createdAt: number; status: NonNullable<Response['status']>; output: ResponseOutputItem[] }): WireResponse {
  const { id, createdAt, status, output } = options;
  const ended = status !== 'in_progress';
  return {
    id, object: 'response', created_at: createdAt, status, access_programs: null, error: null, incomplete_details: null,
    instructions: typeof request['instructions'] === 'string' ? request['instructions'] : null,
    metadata: {}, model: typeof request['model'] === 'string' ? request['model'] : 'local-model', output,
    parallel_tool_calls: true, previous_response_id: typeof request['previous_response_id'] === 'string' ? request['previous_response_id'] : null,
    temperature: 1, tool_choice: 'auto', tools: [], top_p: 1, truncation: 'disabled',
    ...(ended
      ? { usage: { input_tokens: 10, input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 15 } }
      : {}),
  };
}
