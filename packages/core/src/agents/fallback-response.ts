import type { StreamEvent } from '@openai/agents';
import type { TurnEvent } from '../engine/turn.js';
import { toContents } from './annotations.js';
import { NO_EVENTS, type AssistantMessage } from './assistant-message.js';
import type { ConversionState } from './conversion-state.js';

type ModelOutput = Extract<StreamEvent, { type: 'response_done' }>['response']['output'];
type ModelOutputItem = ModelOutput[number];

/**
 * One answer of a model that gives no events of the Responses API: text deltas, then the whole. Chat Completions is such a model, too.
 * The ids of these models are no good as item ids.
 */
export class FallbackResponse {
  readonly #state: ConversionState;
  readonly #open: { modelId: string | undefined; message: AssistantMessage }[] = [];
  /** Where text goes: Chat Completions puts a refusal into a part of its own. */
  #refusalPart = -1;

  constructor(state: ConversionState) {
    this.#state = state;
  }

  addText(delta: string, modelId: string | undefined): TurnEvent[] {
    return this.#message(modelId).addText(0, delta);
  }

  addRefusal(delta: string): TurnEvent[] {
    const message = this.#message(this.#open.at(-1)?.modelId);
    if (this.#refusalPart < 0) this.#refusalPart = message.content.length;
    return message.addText(this.#refusalPart, delta);
  }

  /** The whole answer. What was streamed is finished with it, what was not appears now. */
  async end(output: ModelOutput): Promise<TurnEvent[]> {
    const events: TurnEvent[] = [];
    const thoughtsFirst = this.#open.length === 0;
    for (const item of output) {
      if (item.type === 'reasoning') {
        if (thoughtsFirst) events.push(...(await this.#thoughts(item)));
      } else if (isAssistantMessage(item)) events.push(...(await this.#endMessage(item)));
      else if (item.type === 'hosted_tool_call' && item.name === 'image_generation_call' && item.output !== undefined) {
        const callId = item.id ?? 'image';
        events.push(...this.#state.images.begin(callId), ...(await this.#state.images.end({ callId, base64: item.output, format: 'png' })));
      }
    }
    for (const { message } of this.#open) events.push(...message.end());
    this.#open.length = 0;
    return events;
  }

  async #thoughts(item: Extract<ModelOutputItem, { type: 'reasoning' }>): Promise<TurnEvent[]> {
    const parts = item.content.length > 0 ? item.content : (item.rawContent ?? []);
    const thoughts = parts.map((part) => part.text).filter((text) => text !== '');
    if (thoughts.length === 0) return NO_EVENTS;
    const { reasoning } = this.#state;
    const events = [...(await reasoning.begin())];
    for (const text of thoughts) events.push(...(await reasoning.addThought(text)));
    return events;
  }

  async #endMessage(item: { id?: string | undefined; content: Parameters<typeof toContents>[0] }): Promise<TurnEvent[]> {
    const content = await toContents(item.content, this.#state.converters);
    const index = Math.max(0, this.#open.findIndex(({ modelId }) => modelId !== undefined && modelId === item.id));
    const streamed = this.#open.splice(index, 1)[0]?.message;
    if (!streamed && content.length === 0) return NO_EVENTS;
    const message = streamed ?? this.#create();
    const events = streamed ? [] : message.start();
    for (const [partIndex, part] of content.entries()) {
      // A part that was not streamed is announced with its whole text.
      if (!message.content[partIndex]) events.push(...message.startPart(partIndex, { ...part, text: '', annotations: [] }), ...message.addText(partIndex, part.text));
      events.push(...message.endPart(partIndex, part.text, part.annotations));
    }
    return [...events, ...message.end(content)];
  }

  #message(modelId: string | undefined): AssistantMessage {
    const known = this.#open.find((open) => open.modelId === modelId);
    if (known) return known.message;
    const message = this.#create();
    this.#open.push({ modelId, message });
    return message;
  }

  #create(): AssistantMessage {
    return this.#state.messages.create();
  }
}

function isAssistantMessage(item: ModelOutputItem): item is Extract<ModelOutputItem, { role: 'assistant' }> {
  return 'role' in item && item.role === 'assistant';
}
