import type { RunStreamEvent } from '@openai/agents';
import type { TurnEvent } from '../engine/turn.js';
import type { AnyAgent } from './agent-types.js';
import { NO_EVENTS } from './assistant-message.js';
import { convertResponseEvent } from './convert-response-event.js';
import type { ConversionState } from './conversion-state.js';
import { FallbackResponse } from './fallback-response.js';
import type { ResponseEvent } from './response-event.js';

type RawEvent = Extract<RunStreamEvent, { type: 'raw_model_stream_event' }>;

/**
 * Turns the events of a run into events of the thread. Each answer of a model is read in one of two ways: by the events of the Responses API,
 * where the model gives them (the SDK's own events then say the same a second time), or else by the SDK's text deltas and final answer.
 */
export class RunConversion {
  readonly #state: ConversionState;
  #fallback: FallbackResponse;
  #readsResponseEvents = false;

  constructor(state: ConversionState, agent: AnyAgent | undefined) {
    this.#state = state;
    this.#fallback = new FallbackResponse(state);
    this.#useAgent(agent);
  }

  convert(event: RunStreamEvent): TurnEvent[] | Promise<TurnEvent[]> {
    switch (event.type) {
      case 'raw_model_stream_event':
        return this.#convertRaw(event);
      case 'agent_updated_stream_event':
        this.#useAgent(event.agent);
        return NO_EVENTS;
      case 'run_item_stream_event':
        // Everything in these was in the model's own events; tools speak for themselves.
        return NO_EVENTS;
      default:
        event satisfies never;
        return NO_EVENTS;
    }
  }

  #convertRaw(event: RawEvent): TurnEvent[] | Promise<TurnEvent[]> {
    const { data } = event;
    switch (data.type) {
      case 'model':
        return this.#convertProviderEvent(data.event, event.source ?? data.providerData?.['rawModelEventSource']);
      case 'output_text_delta':
        return this.#readsResponseEvents ? NO_EVENTS : this.#fallback.addText(data.delta, data.itemId);
      case 'response_started':
        this.#readsResponseEvents = false;
        this.#fallback = new FallbackResponse(this.#state);
        return this.#state.messages.endUnfinished();
      case 'response_done':
        return this.#readsResponseEvents ? NO_EVENTS : this.#fallback.end(data.response.output);
      default:
        return NO_EVENTS;
    }
  }

  #convertProviderEvent(event: unknown, source: unknown): TurnEvent[] | Promise<TurnEvent[]> {
    if (typeof event !== 'object' || event === null) return NO_EVENTS;
    const type = 'type' in event ? event.type : undefined;
    if (source === 'openai-responses' || (typeof type === 'string' && type.startsWith('response.'))) {
      this.#readsResponseEvents = true;
      return convertResponseEvent(event as ResponseEvent, this.#state);
    }
    // The SDK has no event for the text of a refusal.
    const refusal = source === 'openai-chat-completions' ? chatRefusal(event) : '';
    return refusal === '' ? NO_EVENTS : this.#fallback.addRefusal(refusal);
  }

  #useAgent(agent: AnyAgent | undefined): void {
    const outputType: unknown = agent?.outputType;
    this.#state.messages.hold = outputType !== undefined && outputType !== 'text';
  }
}

function chatRefusal(chunk: object): string {
  const [choice] = (chunk as { choices?: { index?: number; delta?: { refusal?: unknown } }[] }).choices ?? [];
  const refusal = choice?.index === 0 ? choice.delta?.refusal : undefined;
  return typeof refusal === 'string' ? refusal : '';
}
