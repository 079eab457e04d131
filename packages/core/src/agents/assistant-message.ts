import { appendText } from '../engine/append-text.js';
import type { TurnEvent } from '../engine/turn.js';
import type { Annotation, AssistantMessageContent } from '../protocol/index.js';

export const NO_EVENTS: TurnEvent[] = [];

/**
 * One message of the model on its way into the thread: announced once, its parts each announced before their first text, finished once.
 * A held one (structured output, which must not be shown as raw JSON) gives no events until it is released.
 */
export class AssistantMessage {
  readonly id: string;
  readonly held: boolean;
  readonly #parts: AssistantMessageContent[] = [];
  #state: 'new' | 'open' | 'done' = 'new';

  readonly #before: () => TurnEvent[];

  /** `before`: what has to come first when the message is announced. */
  constructor(id: string, options: { held: boolean; before: () => TurnEvent[] }) {
    this.id = id;
    this.held = options.held;
    this.#before = options.before;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** What there is so far. */
  get content(): AssistantMessageContent[] {
    return this.#parts;
  }

  get text(): string {
    return this.#parts.map((part) => part.text).join('');
  }

  start(content: readonly AssistantMessageContent[] = []): TurnEvent[] {
    if (this.#state !== 'new') return NO_EVENTS;
    this.#state = 'open';
    this.#parts.push(...content);
    if (this.held) return NO_EVENTS;
    return [...this.#before(), { type: 'thread.item.added', item: { type: 'assistant_message', id: this.id, content: structuredClone(this.#parts) } }];
  }

  startPart(index: number, content: AssistantMessageContent): TurnEvent[] {
    if (this.#state === 'done') return NO_EVENTS;
    const events = this.start();
    while (this.#parts.length < index) this.#parts.push(emptyPart());
    this.#parts[index] = content;
    return this.held ? NO_EVENTS : [...events, this.#update({ type: 'assistant_message.content_part.added', content_index: index, content: structuredClone(content) })];
  }

  addText(index: number, delta: string): TurnEvent[] {
    if (this.#state === 'done') return NO_EVENTS;
    const part = this.#parts[index];
    if (!part) return [...this.startPart(index, emptyPart()), ...this.addText(index, delta)];
    part.text = appendText(part.text, delta);
    return this.held ? NO_EVENTS : [this.#update({ type: 'assistant_message.content_part.text_delta', content_index: index, delta })];
  }

  addAnnotation(index: number, annotation: Annotation): TurnEvent[] {
    if (this.#state === 'done') return NO_EVENTS;
    const part = this.#parts[index];
    if (!part) return [...this.startPart(index, emptyPart()), ...this.addAnnotation(index, annotation)];
    const annotationIndex = part.annotations.push(annotation) - 1;
    if (this.held) return NO_EVENTS;
    return [this.#update({ type: 'assistant_message.content_part.annotation_added', content_index: index, annotation_index: annotationIndex, annotation })];
  }

  /** The whole text of a part; the citations announced so far stay with it. */
  endPart(index: number, text: string, annotations = this.#parts[index]?.annotations ?? []): TurnEvent[] {
    if (this.#state === 'done') return NO_EVENTS;
    const events = this.#parts[index] ? NO_EVENTS : this.startPart(index, emptyPart());
    const content = { type: 'output_text' as const, text, annotations };
    this.#parts[index] = content;
    return this.held ? NO_EVENTS : [...events, this.#update({ type: 'assistant_message.content_part.done', content_index: index, content: structuredClone(content) })];
  }

  end(content: readonly AssistantMessageContent[] = this.#parts): TurnEvent[] {
    if (this.#state === 'done') return NO_EVENTS;
    this.#state = 'done';
    this.#parts.splice(0, this.#parts.length, ...content);
    return this.held ? NO_EVENTS : [this.#doneEvent()];
  }

  /** Shows a held message after all. */
  release(): TurnEvent[] {
    return [this.#doneEvent()];
  }

  #doneEvent(): TurnEvent {
    return { type: 'thread.item.done', item: { type: 'assistant_message', id: this.id, content: structuredClone(this.#parts) } };
  }

  #update(update: Extract<TurnEvent, { type: 'thread.item.updated' }>['update']): TurnEvent {
    return { type: 'thread.item.updated', item_id: this.id, update };
  }
}

function emptyPart(): AssistantMessageContent {
  return { type: 'output_text', text: '', annotations: [] };
}
