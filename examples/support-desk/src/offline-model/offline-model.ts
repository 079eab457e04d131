import { Usage, type AgentInputItem, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { TITLE_INSTRUCTIONS } from '../assistant.ts';
import { ASK_TOOL } from '../desk-tools.ts';
import { describeFiles } from './describe-files.ts';
import { ANSWERED, parseMessage } from './parse-message.ts';

type Output = ModelResponse['output'];
type UserItem = Extract<AgentInputItem, { role: 'user' }>;

const HELP = 'You can say “My kettle arrived broken” to open a ticket, or “Refund 40 for order A-1001”. Files can come along.';

/** Between two words. */
const PAUSE_MS = 8;

/** A model that needs no network: it understands a few sentences, and drives the very same tools as any other model, with streamed text. */
export class OfflineModel implements Model {
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    return { usage: new Usage(), output: [answer(request)], responseId: crypto.randomUUID() };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
    const output = answer(request);
    yield { type: 'response_started' };
    if (output.type === 'message' && typeof output.content !== 'string') {
      for (const part of output.content) if (part.type === 'output_text') yield* written(part.text, request.signal);
    }
    yield { type: 'response_done', response: { id: crypto.randomUUID(), usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 }, output: [output] as never } };
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

function answer({ input, systemInstructions }: ModelRequest): Output[number] {
  const items: AgentInputItem[] = typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
  const last = items.at(-1);
  if (last?.type === 'function_call_result') return message(typeof last.output === 'string' ? last.output : textOf(last.output));
  const users = items.filter(isSpoken);
  const newest = users.at(-1);
  const text = newest ? textOf(newest.content) : '';
  if (systemInstructions === TITLE_INSTRUCTIONS) return message(titleOf(text));
  const files = newest ? describeFiles(newest) : '';
  const intent = parseMessage(text);
  switch (intent.type) {
    case 'refund':
      return call('refund', { order: intent.order, amount: intent.amount });
    case 'problem':
      return call(ASK_TOOL, {});
    case 'details':
      return call('open_ticket', { subject: titleOf(textOf(users.at(-2)?.content ?? intent.description)), description: intent.description, severity: intent.severity });
    case 'skipped':
      return message('All right, no ticket then.');
    case 'greeting':
      return message(`Hello! ${HELP}`);
    case 'unknown':
      return message(files === '' ? `I didn’t understand that. ${HELP}` : files);
  }
}

/** What the user said or answered; not what the engine tells of the conversation in their name. */
function isSpoken(item: AgentInputItem): item is UserItem {
  if (!('role' in item) || item.role !== 'user') return false;
  const text = textOf(item.content);
  return text.startsWith(ANSWERED) || !/^(The widget with id|Context that the user does not see|The user was shown)/.test(text);
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).join('');
  return typeof content === 'object' && content !== null && 'text' in content && typeof content.text === 'string' ? content.text : '';
}

const TITLE_WORDS = 6;

function titleOf(text: string): string {
  const [sentence = ''] = text.trim().split(/[.!?\n]/);
  return sentence.split(/\s+/).slice(0, TITLE_WORDS).join(' ');
}

function message(text: string): Output[number] {
  return { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] };
}

function call(name: string, input: Record<string, unknown>): Output[number] {
  return { type: 'function_call', callId: `call_${crypto.randomUUID()}`, name, arguments: JSON.stringify(input), status: 'completed' };
}
