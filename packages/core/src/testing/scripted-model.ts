import type { Model, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents';
import { itemsOf } from './model-server/response-object.js';
import { modelId, wholeText, type ModelOutput } from './model-server/model-output.js';

type StreamedOutput = Extract<StreamEvent, { type: 'response_done' }>['response']['output'];

/** What a model is asked to answer: outputs in order, or an error to throw instead. */
export type ScriptedReply = readonly ModelOutput[] | Error | ((request: ModelRequest) => readonly ModelOutput[]);

export interface ScriptedModel extends Model {
  /** The requests so far, oldest first. */
  readonly calls: readonly ModelRequest[];
  /** How many of them were stopped by their abort signal. */
  readonly abortedCalls: number;
}

/**
 * A model in the process, for agents without a provider: `new Agent({ model: scriptedModel([[text('Hello')]]) })`. It streams what any
 * model must (start, text deltas, final response) and no events of a provider's own. One reply a request, in order.
 */
export function scriptedModel(replies: readonly ScriptedReply[]): ScriptedModel {
  const calls: ModelRequest[] = [];
  let abortedCalls = 0;

  const next = (request: ModelRequest): readonly ModelOutput[] => {
    const reply = replies[calls.length];
    calls.push(request);
    if (reply instanceof Error) throw reply;
    if (reply === undefined) throw new Error('No reply is scripted for this request.');
    return typeof reply === 'function' ? reply(request) : reply;
  };
  /** Waits for the promise or for the abort, whichever is first. */
  const until = async (promise: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> => {
    if (!signal) return void (await promise);
    let stop = (): void => undefined;
    const aborted = new Promise<void>((resolve) => {
      stop = resolve;
    });
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([promise, signal.aborted ? undefined : aborted]);
    signal.removeEventListener('abort', stop);
  };
  const throwIfAborted = (signal: AbortSignal | undefined): void => {
    if (!signal?.aborted) return;
    abortedCalls += 1;
    throw new DOMException('The request was aborted.', 'AbortError');
  };

  return {
    calls,
    get abortedCalls() {
      return abortedCalls;
    },
    getResponse: async (request) => {
      throwIfAborted(request.signal);
      // The run adds the numbers up; the class around them would have to be loaded, which users of the other parts of this entry may not have.
      const usage = { requests: 1, inputTokens: 10, outputTokens: 5, totalTokens: 15, inputTokensDetails: [], outputTokensDetails: [] } as unknown as ModelResponse['usage'];
      return { usage, responseId: modelId('resp'), output: outputItems(next(request)) };
    },
    async *getStreamedResponse(request): AsyncGenerator<StreamEvent> {
      const outputs = next(request);
      throwIfAborted(request.signal);
      yield { type: 'response_started' };
      for (const output of outputs) {
        if (output.type === 'wait') await until(output.until, request.signal);
        else if (output.type === 'failure') throw new Error(output.message);
        else if (output.type === 'message') {
          for (const part of output.parts) {
            if (part.type === 'refusal') continue;
            for (const piece of typeof part.text === 'string' ? [part.text] : part.text) {
              throwIfAborted(request.signal);
              if (typeof piece === 'string') yield { type: 'output_text_delta', delta: piece };
              else await until(piece, request.signal);
            }
          }
        }
        throwIfAborted(request.signal);
      }
      yield { type: 'response_done', response: { id: modelId('resp'), usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 }, output: outputItems(outputs) } };
    },
  };
}

function outputItems(outputs: readonly ModelOutput[]): StreamedOutput {
  return itemsOf(outputs).flatMap(outputItem);
}

function outputItem(item: ReturnType<typeof itemsOf>[number]): StreamedOutput {
  switch (item.type) {
    case 'message':
      return [{
        type: 'message', role: 'assistant', status: 'completed', id: item.id,
        content: item.parts.map((part) =>
          part.type === 'refusal'
            ? { type: 'refusal', refusal: wholeText(part.refusal) }
            : { type: 'output_text', text: wholeText(part.text), ...(part.citations ? { providerData: { annotations: [...part.citations] } } : {}) }),
      }];
    case 'function_call':
      return [{ type: 'function_call', id: item.id, callId: item.callId, name: item.name, arguments: item.arguments, status: 'completed' }];
    case 'reasoning':
      return [{ type: 'reasoning', id: item.id, content: item.summaries.map((summary) => ({ type: 'input_text', text: wholeText(summary) })) }];
    case 'image':
      return [{ type: 'hosted_tool_call', id: item.id, name: 'image_generation_call', status: 'completed', ...(item.result === null ? {} : { output: item.result }) }];
    default:
      return [];
  }
}
