import type { ThreadStreamEvent } from '../protocol/index.js';
import { messageText } from '../engine/message-text.js';
import type { RunEvent } from '../store/index.js';

/** Turns a run's events into the text that is to be appended to the answer: display text only, every character once. */
export class TextDeltas {
  /** How much of each message has been given. */
  readonly #given = new Map<string, number>();
  #messages = 0;

  take(events: RunEvent[]): string {
    let text = '';
    for (const { json } of events) {
      // What does not speak of messages' text is not worth parsing.
      if (json.includes('assistant_message')) text += this.#take(JSON.parse(json) as ThreadStreamEvent);
    }
    return text;
  }

  #take(event: ThreadStreamEvent): string {
    if (event.type === 'thread.item.updated') {
      return event.update.type === 'assistant_message.content_part.text_delta' ? this.#append(event.item_id, event.update.delta) : '';
    }
    if ((event.type === 'thread.item.added' || event.type === 'thread.item.done') && event.item.type === 'assistant_message') {
      // Whole messages, and what a late reader missed: what goes beyond the text already given.
      return this.#append(event.item.id, messageText(event.item).slice(this.#given.get(event.item.id) ?? 0));
    }
    return '';
  }

  #append(itemId: string, delta: string): string {
    if (delta === '') return '';
    const given = this.#given.get(itemId);
    this.#given.set(itemId, (given ?? 0) + delta.length);
    // Messages are paragraphs, as in the whole answer.
    return given === undefined && this.#messages++ > 0 ? `\n\n${delta}` : delta;
  }
}
