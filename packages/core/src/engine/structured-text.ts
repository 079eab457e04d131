import type { Item, ThreadStreamEvent } from '../protocol/index.js';
import { DisplayGate } from '../response/display-gate.js';
import { newId } from '../store/index.js';
import { messageText } from './message-text.js';
import type { TurnPipeline } from './turn-pipeline.js';

type ItemUpdated = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>;

/**
 * What may be shown of an update while the answer may still turn out to be structured: raw JSON of a reply never reaches the client.
 * Null: nothing for now.
 */
export function holdBack(pipeline: TurnPipeline, event: ItemUpdated): ItemUpdated | null {
  const { update } = event;
  if (update.type === 'assistant_message.content_part.text_delta') {
    let gate = pipeline.gates.get(event.item_id);
    if (!gate) {
      // An update to a message of an earlier turn is the app's own business.
      if (!pipeline.pending.get(event.item_id)) return event;
      gate = gateOf(pipeline);
      pipeline.gates.set(event.item_id, gate);
    }
    if (update.content_index > gate.part) gate.startPart(update.content_index);
    const shown = gate.feed(update.delta);
    if (shown === update.delta) return event;
    return shown === '' ? null : { ...event, update: { ...update, delta: shown } };
  }
  if (update.type === 'assistant_message.content_part.done') {
    const gate = pipeline.gates.get(event.item_id);
    // A part that comes at once, without pieces, is looked at as a whole.
    const held = gate ? gate.held : pipeline.pending.get(event.item_id) ? heldOf(pipeline, update.content.text) : '';
    // The whole part comes with the message's own end, once it is known what the held text is.
    return held === '' ? event : null;
  }
  return event;
}

function gateOf({ parser }: TurnPipeline): DisplayGate {
  return new DisplayGate((json) => parser.isNamed(json));
}

function heldOf(pipeline: TurnPipeline, text: string): string {
  const gate = gateOf(pipeline);
  gate.feed(text);
  return gate.held;
}

/**
 * The end of an assistant message: a structured reply in its text is taken out, and stored and shown as such. Returns what is left of the
 * message, or null when nothing is.
 */
export async function finishMessage(pipeline: TurnPipeline, item: Item<'assistant_message'>): Promise<Item<'assistant_message'> | null> {
  const text = messageText(item);
  const found = pipeline.reply === null && text.includes('{') ? await pipeline.parser.parseText(text) : null;
  if (!found) {
    releaseHeldText(pipeline, item);
    return item;
  }
  await addReply(pipeline, found.reply);
  if (found.rest === '') {
    // Announced but empty: there is nothing to keep of it.
    if (pipeline.pending.get(item.id)) pipeline.send({ type: 'thread.item.removed', item_id: item.id });
    pipeline.pending.delete(item.id);
    pipeline.gates.delete(item.id);
    return null;
  }
  const annotations = item.content.flatMap((part) => part.annotations);
  return { ...item, content: [{ type: 'output_text', text: found.rest, annotations }] };
}

/** Makes a validated reply the turn's, and shows it as its widget. */
export async function addReply(pipeline: TurnPipeline, reply: NonNullable<TurnPipeline['reply']>): Promise<void> {
  // Throws for data that has no JSON form, which could neither be stored nor sent: here the responder hears of it.
  JSON.stringify(reply.data);
  pipeline.reply = reply;
  const widget = pipeline.parser.widgetOf(reply);
  if (!widget) return;
  const copyText = pipeline.parser.messageOf(reply);
  pipeline.replyItemId = newId('message');
  await pipeline.complete({
    type: 'widget',
    id: pipeline.replyItemId,
    thread_id: pipeline.thread.id,
    created_at: pipeline.now(),
    widget,
    ...(copyText === '' ? {} : { copy_text: copyText }),
  });
}

function releaseHeldText(pipeline: TurnPipeline, item: Item<'assistant_message'>): void {
  const held = pipeline.gates.get(item.id)?.release() ?? '';
  if (held === '') return;
  const update = { type: 'assistant_message.content_part.text_delta' as const, content_index: Math.max(0, item.content.length - 1), delta: held };
  // Shown before the message is stored: should that fail, it is part of what was shown.
  pipeline.pending.update(item.id, update);
  pipeline.send({ type: 'thread.item.updated', item_id: item.id, update });
}
