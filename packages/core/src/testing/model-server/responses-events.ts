import type { ResponseOutputText, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { isItem, finishedItem, itemsOf, responseObject, startedItem } from './response-object.js';
import { modelId, wholeText, type ModelOutput, type RefusalPart, type TextPart, type TextPieces } from './model-output.js';

type WithoutNumber<T> = T extends unknown ? Omit<T, 'sequence_number'> : never;
/** An event before it gets its number. The `response` in it lacks `output_text`, which is not on the wire. */
type EventBody = WithoutNumber<Exclude<ResponseStreamEvent, { response: unknown }>> | { type: string; response: ReturnType<typeof responseObject> };
type Step = { event: EventBody } | { wait: Promise<unknown> } | { disconnect: true };

/** A streamed response of the Responses API: numbered events; a step may ask to wait or to break the connection. */
export function* responsesEvents(request: Record<string, unknown>, outputs: readonly ModelOutput[]): Generator<Step & { event?: EventBody & { sequence_number: number } }> {
  let number = 0;
  for (const step of responseSteps(request, outputs)) yield 'event' in step ? { event: { ...step.event, sequence_number: number++ } } : step;
}

function* responseSteps(request: Record<string, unknown>, outputs: readonly ModelOutput[]): Generator<Step> {
  const id = modelId('resp');
  const createdAt = Math.floor(Date.now() / 1000);
  const started = responseObject(request, { id, createdAt, status: 'in_progress', output: [] });
  yield { event: { type: 'response.created', response: started } };
  yield { event: { type: 'response.in_progress', response: started } };
  const finished: ModelOutput[] = [];
  for (const output of outputs) {
    const index = itemsOf(finished).length;
    switch (output.type) {
      case 'wait':
        yield { wait: output.until };
        break;
      case 'disconnect':
        yield { disconnect: true };
        return;
      case 'failure':
      case 'incomplete': {
        const failed = output.type === 'failure';
        const response = responseObject(request, { id, createdAt, status: failed ? 'failed' : 'incomplete', output: itemsOf(finished).map(finishedItem) });
        if (failed) response.error = { code: 'server_error', message: output.message };
        else response.incomplete_details = { reason: output.reason };
        yield { event: { type: failed ? 'response.failed' : 'response.incomplete', response } };
        return;
      }
      case 'parallel':
        yield* interleave(output.outputs.flatMap((one, offset) => (isItem(one) ? [itemSteps(one, index + offset)] : [])));
        finished.push(output);
        break;
      default:
        yield* itemSteps(output, index);
        finished.push(output);
    }
  }
  const response = responseObject(request, { id, createdAt, status: 'completed', output: itemsOf(finished).map(finishedItem) });
  yield { event: { type: 'response.completed', response } };
}

function* interleave(sources: Generator<Step>[]): Generator<Step> {
  let open = sources;
  while (open.length > 0) {
    const still: Generator<Step>[] = [];
    for (const source of open) {
      const next = source.next();
      if (next.done === true) continue;
      yield next.value;
      still.push(source);
    }
    open = still;
  }
}

function* itemSteps(output: ReturnType<typeof itemsOf>[number], index: number): Generator<Step> {
  const at = { item_id: output.id, output_index: index };
  yield { event: { type: 'response.output_item.added', output_index: index, item: startedItem(output) } };
  switch (output.type) {
    case 'message':
      for (const [contentIndex, part] of output.parts.entries()) yield* partSteps(part, { ...at, content_index: contentIndex });
      break;
    case 'function_call':
      yield { event: { type: 'response.function_call_arguments.delta', ...at, delta: output.arguments } };
      yield { event: { type: 'response.function_call_arguments.done', ...at, arguments: output.arguments } };
      break;
    case 'reasoning':
      for (const [summaryIndex, summary] of output.summaries.entries()) yield* summarySteps(summary, { ...at, summary_index: summaryIndex });
      break;
    case 'image':
      yield { event: { type: 'response.image_generation_call.in_progress', ...at } };
      yield { event: { type: 'response.image_generation_call.generating', ...at } };
      for (const [partialIndex, data] of output.partials.entries()) {
        yield { event: { type: 'response.image_generation_call.partial_image', ...at, partial_image_b64: data, partial_image_index: partialIndex } };
      }
      if (output.result !== null) yield { event: { type: 'response.image_generation_call.completed', ...at } };
      break;
    case 'web_search':
      yield { event: { type: 'response.web_search_call.in_progress', ...at } };
      yield { event: { type: 'response.web_search_call.searching', ...at } };
      yield { event: { type: 'response.web_search_call.completed', ...at } };
      break;
    case 'file_search':
      yield { event: { type: 'response.file_search_call.in_progress', ...at } };
      yield { event: { type: 'response.file_search_call.searching', ...at } };
      yield { event: { type: 'response.file_search_call.completed', ...at } };
      break;
    case 'code_interpreter':
      yield { event: { type: 'response.code_interpreter_call.in_progress', ...at } };
      yield { event: { type: 'response.code_interpreter_call_code.delta', ...at, delta: output.code } };
      yield { event: { type: 'response.code_interpreter_call_code.done', ...at, code: output.code } };
      yield { event: { type: 'response.code_interpreter_call.interpreting', ...at } };
      yield { event: { type: 'response.code_interpreter_call.completed', ...at } };
      break;
    case 'mcp_call':
      yield { event: { type: 'response.mcp_call.in_progress', ...at } };
      yield { event: { type: 'response.mcp_call_arguments.delta', ...at, delta: output.arguments } };
      yield { event: { type: 'response.mcp_call_arguments.done', ...at, arguments: output.arguments } };
      yield { event: { type: 'response.mcp_call.completed', ...at } };
      break;
  }
  yield { event: { type: 'response.output_item.done', output_index: index, item: finishedItem(output) } };
}

function* pieceSteps(pieces: TextPieces, event: (delta: string) => EventBody): Generator<Step> {
  for (const piece of typeof pieces === 'string' ? [pieces] : pieces) yield typeof piece === 'string' ? { event: event(piece) } : { wait: piece };
}

function* partSteps(part: TextPart | RefusalPart, at: { item_id: string; output_index: number; content_index: number }): Generator<Step> {
  if (part.type === 'refusal') {
    const refusal = wholeText(part.refusal);
    yield { event: { type: 'response.content_part.added', ...at, part: { type: 'refusal', refusal: '' } } };
    yield* pieceSteps(part.refusal, (delta) => ({ type: 'response.refusal.delta', ...at, delta }));
    yield { event: { type: 'response.refusal.done', ...at, refusal } };
    yield { event: { type: 'response.content_part.done', ...at, part: { type: 'refusal', refusal } } };
    return;
  }
  const text = wholeText(part.text);
  const annotations: ResponseOutputText['annotations'] = [...(part.citations ?? [])];
  yield { event: { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '', annotations: [], logprobs: [] } } };
  yield* pieceSteps(part.text, (delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] }));
  for (const [annotationIndex, annotation] of annotations.entries()) {
    yield { event: { type: 'response.output_text.annotation.added', ...at, annotation_index: annotationIndex, annotation } };
  }
  yield { event: { type: 'response.output_text.done', ...at, text, logprobs: [] } };
  yield { event: { type: 'response.content_part.done', ...at, part: { type: 'output_text', text, annotations, logprobs: [] } } };
}

function* summarySteps(summary: TextPieces, at: { item_id: string; output_index: number; summary_index: number }): Generator<Step> {
  const text = wholeText(summary);
  yield { event: { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } } };
  yield* pieceSteps(summary, (delta) => ({ type: 'response.reasoning_summary_text.delta', ...at, delta }));
  yield { event: { type: 'response.reasoning_summary_text.done', ...at, text } };
  yield { event: { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } } };
}
