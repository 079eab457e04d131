import type { Annotation, Item } from '../protocol/index.js';
import { newId } from '../store/index.js';
import { appendText } from './append-text.js';
import type { TurnPipeline } from './turn-pipeline.js';

type AssistantMessage = Item<'assistant_message'>;

/** Streams one assistant message: announced with the first text, stored when it ends. */
export class TextWriter {
  readonly #pipeline: TurnPipeline;
  readonly #id = newId('message');
  #createdAt = '';
  #text = '';
  #started = false;

  constructor(pipeline: TurnPipeline) {
    this.#pipeline = pipeline;
  }

  async write(delta: string): Promise<void> {
    if (delta === '') return;
    if (!this.#started) await this.#start();
    this.#text = appendText(this.#text, delta);
    await this.#pipeline.emit({
      type: 'thread.item.updated',
      item_id: this.#id,
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
    });
  }

  /** Nothing is shown or stored when there was no text. */
  async end(annotations: Annotation[] = []): Promise<AssistantMessage> {
    const part = { type: 'output_text' as const, text: this.#text, annotations };
    const item: AssistantMessage = {
      type: 'assistant_message', id: this.#id, thread_id: this.#pipeline.thread.id, created_at: this.#createdAt || this.#pipeline.now(), content: [part],
    };
    if (!this.#started) return item;
    await this.#pipeline.emit({
      type: 'thread.item.updated',
      item_id: this.#id,
      update: { type: 'assistant_message.content_part.done', content_index: 0, content: part },
    });
    await this.#pipeline.emit({ type: 'thread.item.done', item });
    return item;
  }

  async #start(): Promise<void> {
    this.#started = true;
    this.#createdAt = this.#pipeline.now();
    await this.#pipeline.emit({
      type: 'thread.item.added',
      item: { type: 'assistant_message', id: this.#id, content: [] },
    });
    await this.#pipeline.emit({
      type: 'thread.item.updated',
      item_id: this.#id,
      update: { type: 'assistant_message.content_part.added', content_index: 0, content: { type: 'output_text', text: '', annotations: [] } },
    });
  }
}
