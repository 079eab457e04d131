import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import { AssistantMessage, NO_EVENTS } from './assistant-message.js';
import { genuineId } from './provider-ids.js';
import { internalsOf } from './turn-access.js';

/** The model's messages of one run. */
export class Messages {
  /** Structured output is expected: messages are held until it is known what they are. */
  hold = false;
  readonly #turn: Turn;
  readonly #byModelId = new Map<string, AssistantMessage>();
  readonly #all: AssistantMessage[] = [];
  readonly #usedIds = new Set<string>();

  readonly #before: () => TurnEvent[];

  /** `before`: what has to come first when a message is announced. */
  constructor(turn: Turn, before: () => TurnEvent[]) {
    this.#turn = turn;
    this.#before = before;
  }

  /** Held messages that are finished, oldest first. */
  get held(): AssistantMessage[] {
    return this.#all.filter((message) => message.held && message.isDone);
  }

  /** A new message. The model's id becomes the item's where it is one of a kind. */
  create(modelId?: string): AssistantMessage {
    const genuine = genuineId('message', modelId);
    const id = genuine !== undefined && !this.#usedIds.has(genuine) && !internalsOf(this.#turn).isTaken(genuine) ? genuine : this.#turn.newId('message');
    this.#usedIds.add(id);
    const message = new AssistantMessage(id, { held: this.hold, before: this.#before });
    this.#all.push(message);
    if (modelId !== undefined) this.#byModelId.set(modelId, message);
    return message;
  }

  /** The open message that the model knows by this id, made if need be. */
  open(modelId: string): AssistantMessage {
    const known = this.#byModelId.get(modelId);
    return known && !known.isDone ? known : this.create(modelId);
  }

  /** A refusal ends the run, which may have dropped the end of the message, or all of it, unread. */
  endWithRefusal(refusal: string): TurnEvent[] {
    const last = this.#all.at(-1);
    if (last?.isDone && last.text === refusal) return NO_EVENTS;
    const content = [{ type: 'output_text' as const, text: refusal, annotations: [] }];
    const message = last && !last.isDone && refusal.startsWith(last.text) ? last : this.create();
    const events = [...this.endUnfinished(message), ...message.end(content)];
    return message.held ? [...events, ...message.release()] : events;
  }

  /** Finishes what was begun and never ended: what was shown is kept, what is empty goes. */
  endUnfinished(except?: AssistantMessage): TurnEvent[] {
    return this.#all.flatMap((message) => {
      if (message.isDone || message === except) return NO_EVENTS;
      if (message.text.trim() !== '') return message.end();
      message.end();
      return message.held ? NO_EVENTS : [{ type: 'thread.item.removed' as const, item_id: message.id }];
    });
  }
}
