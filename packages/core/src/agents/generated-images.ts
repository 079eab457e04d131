import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import { NO_EVENTS } from './assistant-message.js';
import type { ResponseConverters } from './response-converters.js';

/** Images that the model makes, each with an item of its own, told apart by the model's call id: several may be under way at once. */
export class GeneratedImages {
  readonly #turn: Turn;
  readonly #converters: ResponseConverters;
  /** Item ids by call id. */
  readonly #open = new Map<string, string>();
  readonly #itemIds = new Set<string>();

  constructor(turn: Turn, converters: ResponseConverters) {
    this.#turn = turn;
    this.#converters = converters;
  }

  /** Whether an item is one of these. */
  owns(item: { id: string }): boolean {
    return this.#itemIds.has(item.id);
  }

  begin(callId: string): TurnEvent[] {
    if (this.#open.has(callId)) return NO_EVENTS;
    const id = this.#turn.newId('message');
    this.#itemIds.add(id);
    this.#open.set(callId, id);
    return [{ type: 'thread.item.added', item: { type: 'generated_image', id } }];
  }

  async addPartial(partial: { callId: string; base64: string; index: number; format: string }): Promise<TurnEvent[]> {
    const itemId = this.#open.get(partial.callId);
    if (itemId === undefined) return NO_EVENTS;
    const url = await this.#url({ id: partial.callId, base64: partial.base64, format: partial.format, partialIndex: partial.index });
    const expected = this.#converters.partialImages ?? 0;
    const progress = expected <= 0 ? 0 : Math.min(1, partial.index / expected);
    return [{ type: 'thread.item.updated', item_id: itemId, update: { type: 'generated_image.updated', image: { id: partial.callId, url }, progress } }];
  }

  /** Without a result the item goes: there is no image to show. */
  async end(image: { callId: string; base64: string | null; format: string }): Promise<TurnEvent[]> {
    const itemId = this.#open.get(image.callId);
    if (itemId === undefined) return NO_EVENTS;
    this.#open.delete(image.callId);
    if (image.base64 === null) return [{ type: 'thread.item.removed', item_id: itemId }];
    const url = await this.#url({ id: image.callId, base64: image.base64, format: image.format });
    return [{ type: 'thread.item.done', item: { type: 'generated_image', id: itemId, image: { id: image.callId, url } } }];
  }

  /** Takes away what the model never finished. */
  removeUnfinished(): TurnEvent[] {
    const events = [...this.#open.values()].map((itemId): TurnEvent => ({ type: 'thread.item.removed', item_id: itemId }));
    this.#open.clear();
    return events;
  }

  async #url(image: { id: string; base64: string; format: string; partialIndex?: number }): Promise<string> {
    return this.#converters.imageUrl ? this.#converters.imageUrl(image) : `data:image/${image.format};base64,${image.base64}`;
  }
}
