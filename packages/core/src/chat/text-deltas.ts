import type { ThreadStreamEvent } from '../protocol/index.js';
import { appendText } from '../engine/append-text.js';
import { messageText } from '../engine/message-text.js';
import type { RunEvent } from '../store/index.js';

/** Turns a run's events into the text that is to be appended to the answer: display text only, every character once. */
export class TextDeltas {
  /** What of each message has been given, and up to which of its parts. */
  readonly #given = new Map<string, { text: string; part: number }>();

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
      const { item_id: itemId, update } = event;
      if (update.type !== 'assistant_message.content_part.text_delta' || update.delta === '') return '';
      const given = this.#given.get(itemId);
      // Parts are paragraphs of a message, as in its whole text.
      return this.#append(itemId, '\n\n'.repeat(given ? Math.max(0, update.content_index - given.part) : 0) + update.delta, update.content_index);
    }
    if ((event.type === 'thread.item.added' || event.type === 'thread.item.done') && event.item.type === 'assistant_message') {
      // Whole messages, and what a late reader missed: what goes beyond the text already given.
      return this.#append(event.item.id, beyond(messageText(event.item), this.#given.get(event.item.id)?.text ?? ''), event.item.content.length - 1);
    }
    return '';
  }

  #append(itemId: string, delta: string, part: number): string {
    if (delta === '') return '';
    const given = this.#given.get(itemId);
    const isFirst = this.#given.size === 0;
    this.#given.set(itemId, { text: appendText(given?.text ?? '', delta), part: Math.max(part, given?.part ?? 0) });
    // Messages are paragraphs, as in the whole answer.
    return given || isFirst ? delta : `\n\n${delta}`;
  }
}

/** What comes in `text` after what was given of it, even where only the blanks differ: they do once a structured reply was taken out. */
function beyond(text: string, given: string): string {
  if (text.startsWith(given)) return text.slice(given.length);
  let at = 0;
  for (const character of given.replaceAll(/\s+/g, '')) {
    while (/\s/.test(text.charAt(at))) at++;
    if (!text.startsWith(character, at)) return '';
    at += character.length;
  }
  return /\s$/.test(given) ? text.slice(at).trimStart() : text.slice(at);
}
