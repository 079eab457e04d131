import type { TurnEvent } from '../engine/turn.js';
import { toAnnotation, toContent, toContents } from './annotations.js';
import { NO_EVENTS } from './assistant-message.js';
import type { ConversionState } from './conversion-state.js';
import type { ResponseEvent, ResponseItem } from './response-event.js';

/** One stream event of the Responses API as events of the thread. */
export function convertResponseEvent(event: ResponseEvent, state: ConversionState): TurnEvent[] | Promise<TurnEvent[]> {
  const { messages, reasoning, images } = state;
  switch (event.type) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return messages.open(event.item_id).addText(event.content_index, event.delta);
    case 'response.output_item.added':
      return beginItem(event.item, state);
    case 'response.output_item.done':
      return endItem(event.item, state);
    case 'response.content_part.added':
      return beginPart(event, state);
    case 'response.output_text.done':
      return messages.open(event.item_id).endPart(event.content_index, event.text);
    case 'response.refusal.done':
      return messages.open(event.item_id).endPart(event.content_index, event.refusal);
    case 'response.output_text.annotation.added':
      return addCitation(event, state);
    case 'response.reasoning_summary_text.delta':
      return reasoning.addText({ itemId: event.item_id, summaryIndex: event.summary_index, delta: event.delta });
    case 'response.reasoning_summary_text.done':
      return reasoning.endText({ itemId: event.item_id, summaryIndex: event.summary_index, text: event.text });
    case 'response.image_generation_call.partial_image':
      return images.addPartial({ callId: event.item_id, base64: event.partial_image_b64, index: event.partial_image_index, format: event.output_format ?? 'png' });
    default:
      // The API has many more events, and gets new ones: none of them shows anything.
      event satisfies never;
      return NO_EVENTS;
  }
}

async function beginItem(item: ResponseItem, { messages, reasoning, images, converters }: ConversionState): Promise<TurnEvent[]> {
  if (item.type === 'reasoning') return reasoning.begin();
  if (item.type === 'image_generation_call' && item.id !== undefined) return images.begin(item.id);
  if (item.type !== 'message') return NO_EVENTS;
  return messages.create(item.id).start(await toContents(item.content ?? [], converters));
}

async function endItem(item: ResponseItem, { messages, images, converters }: ConversionState): Promise<TurnEvent[]> {
  if (item.type === 'image_generation_call' && item.id !== undefined) {
    return images.end({ callId: item.id, base64: item.result ?? null, format: item.output_format ?? 'png' });
  }
  if (item.type !== 'message') return NO_EVENTS;
  const message = item.id === undefined ? messages.create() : messages.open(item.id);
  return message.end(await toContents(item.content ?? [], converters));
}

async function beginPart(event: Extract<ResponseEvent, { type: 'response.content_part.added' }>, state: ConversionState): Promise<TurnEvent[]> {
  // The model's raw thoughts have parts too; they are not for display.
  const content = await toContent(event.part, state.converters);
  return content ? state.messages.open(event.item_id).startPart(event.content_index, content) : NO_EVENTS;
}

async function addCitation(event: Extract<ResponseEvent, { type: 'response.output_text.annotation.added' }>, state: ConversionState): Promise<TurnEvent[]> {
  const annotation = await toAnnotation(event.annotation, state.converters);
  return annotation ? state.messages.open(event.item_id).addAnnotation(event.content_index, annotation) : NO_EVENTS;
}
