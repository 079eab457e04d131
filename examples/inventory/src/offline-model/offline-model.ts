import { Usage, type AgentInputItem, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { parseIntent, type Intent } from './parse-intent.ts';
import { HELP, recallReply, toolReply, toolCall } from './replies.ts';

type Output = ModelResponse['output'];

/** Between two words. */
const PAUSE_MS = 8;

/**
 * A model that needs no network: it understands a small published grammar and drives the very same tool loop as any other model, with
 * streamed text. What it doesn't understand it says.
 */
export class OfflineModel implements Model {
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    return { usage: new Usage(), output: answer(request), responseId: crypto.randomUUID() };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
    const output = answer(request);
    yield { type: 'response_started' };
    for (const item of output) {
      if (item.type !== 'message' || typeof item.content === 'string') continue;
      for (const part of item.content) if (part.type === 'output_text') yield* written(part.text, request.signal);
    }
    yield { type: 'response_done', response: { id: crypto.randomUUID(), usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 }, output: output as never } };
  }
}

/** Word by word, as a model writes. */
async function* written(text: string, signal: AbortSignal | undefined): AsyncIterable<StreamEvent> {
  for (const delta of text.match(/\S+\s*/g) ?? []) {
    signal?.throwIfAborted();
    yield { type: 'output_text_delta', delta };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function answer({ input }: ModelRequest): Output {
  const items = typeof input === 'string' ? [userItem(input)] : input;
  const last = items.at(-1);
  if (last?.type === 'function_call_result') return [message(toolReply(last.output))];
  const users = items.map(userText).filter((text) => text !== null);
  const intent = parseIntent(users.at(-1) ?? '');
  return [forIntent(intent, users)];
}

function forIntent(intent: Intent, users: string[]): Output[number] {
  if (intent.type === 'recall') return message(recallReply(users.at(-2) ?? null));
  if (intent.type === 'greeting') return message(`Hello! ${HELP}`);
  const call = toolCall(intent);
  if (!call) return message(`I didn’t understand that. ${HELP}`);
  return { type: 'function_call', callId: `call_${crypto.randomUUID()}`, name: call.name, arguments: JSON.stringify(call.arguments), status: 'completed' };
}

function message(text: string): Output[number] {
  return { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] };
}

function userItem(text: string): AgentInputItem {
  return { type: 'message', role: 'user', content: text };
}

/** What the user said; null for anything else, context that the engine adds included. */
function userText(item: AgentInputItem): string | null {
  if (!('role' in item) || item.role !== 'user') return null;
  const text = typeof item.content === 'string' ? item.content : item.content.map((part) => (part.type === 'input_text' ? part.text : '')).join('');
  return /^(The widget with id|Context that the user does not see)/.test(text) ? null : text;
}
