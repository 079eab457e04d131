import { Usage, type AgentInputItem, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { SELECTION_TOOL } from '../guide-tools.ts';
import { MENTION } from '../guide.ts';
import { describeTrail, findTrail, trailsIn } from '../trails/trails.ts';

type Output = ModelResponse['output'];

const HELP = 'You can mention a trail with @, say “Show me Mill Path”, “What does this mean?” after selecting something on the page, or “I have 3 hours”.';

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

function answer({ input }: ModelRequest): Output[number] {
  const items: AgentInputItem[] = typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
  const last = items.at(-1);
  if (last?.type === 'function_call_result') return message(last.name === SELECTION_TOOL ? aboutSelection(textOf(last.output)) : textOf(last.output));
  // What was mentioned follows the message in a message of its own.
  const newest = items.findLastIndex((item) => userParts(item).some((text) => !text.startsWith(MENTION) && !text.startsWith('Context for')));
  const [said = '', ...context] = items.slice(Math.max(newest, 0)).flatMap(userParts);
  const mentions = context.filter((text) => text.startsWith(MENTION)).map((text) => text.slice(MENTION.length));
  const hours = /(\d+(?:\.\d+)?)\s*(?:h\b|hours?)/i.exec(said)?.[1];
  if (hours !== undefined) return call('plan_day', { hours: Number(hours) });
  const [named] = trailsIn(said);
  if (/\b(show|where|mark|highlight)\b/i.test(said) && named) return call('highlight', { trail: named.id });
  if (mentions.length > 0) return message(mentions.join('\n\n'));
  if (/\b(this|select(ed|ion)|reading)\b/i.test(said)) return call(SELECTION_TOOL, {});
  if (named) return message(describeTrail(named));
  return message(/^\W*(hello|hi|help|thanks)\b/i.test(said) ? `Hello! ${HELP}` : `I didn’t understand that. ${HELP}`);
}

/** What the page said is selected, as JSON. */
function aboutSelection(output: string): string {
  const { text, trail: id, error } = JSON.parse(output) as { text?: string; trail?: string; error?: string };
  if (error !== undefined) return 'The page did not tell me what is selected.';
  const trail = findTrail(id ?? '');
  const selected = text === undefined || text === '' ? 'Nothing is selected.' : `You have selected “${text}”.`;
  return trail ? `${selected} It is about ${describeTrail(trail)}` : selected;
}

function userParts(item: AgentInputItem): string[] {
  if (!('role' in item) || item.role !== 'user') return [];
  return typeof item.content === 'string' ? [item.content] : item.content.flatMap((part) => (part.type === 'input_text' ? [part.text] : []));
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).join('');
  return typeof content === 'object' && content !== null && 'text' in content && typeof content.text === 'string' ? content.text : '';
}

function message(text: string): Output[number] {
  return { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] };
}

function call(name: string, input: Record<string, unknown>): Output[number] {
  return { type: 'function_call', callId: `call_${crypto.randomUUID()}`, name, arguments: JSON.stringify(input), status: 'completed' };
}
