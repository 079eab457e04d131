import type { ThreadItem, ThreadStreamEvent } from '@chatkit-selfhost/core';

type AssistantMessage = Extract<ThreadItem, { type: 'assistant_message' }>;
type ItemUpdated = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>;
type ItemUpdate = ItemUpdated['update'];

interface SeenItem {
  done: boolean;
  /** Characters and annotations of each part of a message. */
  parts: { chars: number; annotations: number }[];
  tasks: number;
}

/**
 * What the element has been given. A stream that is taken up again may begin with a snapshot: items as they are by now, events that
 * stand alone once more. `take` turns such a replayed event into what is new in it, and leaves all others as they are.
 */
export class SeenItems {
  readonly #items = new Map<string, SeenItem>();
  /** How often an event that stands alone was given, by its JSON. */
  readonly #loose = new Map<string, number>();
  #replayed = new Map<string, number>();
  readonly #threads = new Set<string>();

  /** Some item was begun and has not come to its end. */
  get hasOpenItems(): boolean {
    return [...this.#items.values()].some(({ done }) => !done);
  }

  /** A snapshot begins: what stands alone may come again, as often as it came before. */
  beginReplay(): void {
    this.#replayed = new Map(this.#loose);
  }

  take(event: ThreadStreamEvent, { replayed }: { replayed: boolean }): ThreadStreamEvent[] {
    const news = this.#news(event);
    return replayed ? news : [event];
  }

  #news(event: ThreadStreamEvent): ThreadStreamEvent[] {
    switch (event.type) {
      case 'thread.created':
        if (this.#threads.has(event.thread.id)) return [];
        this.#threads.add(event.thread.id);
        return [event];
      case 'thread.item.added':
        return this.#added(event.item, event);
      case 'thread.item.done':
        if (this.#items.get(event.item.id)?.done) return [];
        this.#items.set(event.item.id, { ...newItem(), done: true });
        return [event];
      case 'thread.item.replaced':
        this.#items.set(event.item.id, { ...newItem(), done: true });
        return [event];
      case 'thread.item.removed':
        this.#items.delete(event.item_id);
        return [event];
      case 'thread.item.updated':
        return this.#updated(event);
      case 'client_effect':
      case 'notice':
      case 'error':
        return this.#once(event);
      // Each replaces what the one before it said.
      case 'thread.updated':
      case 'stream_options':
      case 'progress_update':
        return [event];
      default:
        // A kind of event that is not known yet is the element's own business.
        return [event satisfies never];
    }
  }

  #added(item: ThreadItem, event: ThreadStreamEvent): ThreadStreamEvent[] {
    const seen = this.#items.get(item.id);
    if (!seen) {
      this.#items.set(item.id, stateOf(item));
      return [event];
    }
    if (seen.done) return [];
    const news = whatIsNew(item, seen);
    this.#items.set(item.id, stateOf(item));
    return news;
  }

  #updated(event: ItemUpdated): ThreadStreamEvent[] {
    const seen = this.#items.get(event.item_id);
    if (!seen || seen.done) return this.#once(event);
    const { update } = event;
    if ('content_index' in update) {
      const part = (seen.parts[update.content_index] ??= { chars: 0, annotations: 0 });
      if (update.type === 'assistant_message.content_part.text_delta') part.chars += update.delta.length;
      else if (update.type === 'assistant_message.content_part.annotation_added') part.annotations = Math.max(part.annotations, update.annotation_index + 1);
      else seen.parts[update.content_index] = { chars: update.content.text.length, annotations: update.content.annotations.length };
    } else if (update.type === 'workflow.task.added') seen.tasks = Math.max(seen.tasks, update.task_index + 1);
    return [event];
  }

  #once(event: ThreadStreamEvent): ThreadStreamEvent[] {
    const json = JSON.stringify(event);
    const before = this.#replayed.get(json) ?? 0;
    if (before > 0) {
      this.#replayed.set(json, before - 1);
      return [];
    }
    this.#loose.set(json, (this.#loose.get(json) ?? 0) + 1);
    return [event];
  }
}

function newItem(): SeenItem {
  return { done: false, parts: [], tasks: 0 };
}

function stateOf(item: ThreadItem): SeenItem {
  return {
    done: false,
    parts: item.type === 'assistant_message' ? item.content.map(({ text, annotations }) => ({ chars: text.length, annotations: annotations.length })) : [],
    tasks: item.type === 'workflow' ? item.workflow.tasks.length : 0,
  };
}

/** The updates that lead from what was seen of an item to what it is now. */
function whatIsNew(item: ThreadItem, seen: SeenItem): ThreadStreamEvent[] {
  const updated = (update: ItemUpdate): ThreadStreamEvent => ({ type: 'thread.item.updated', item_id: item.id, update });
  switch (item.type) {
    case 'assistant_message':
      return newText(item, seen).map(updated);
    case 'workflow':
      return item.workflow.tasks.map((task, index) => updated({ type: index < seen.tasks ? 'workflow.task.updated' : 'workflow.task.added', task_index: index, task }));
    case 'widget':
      return [updated({ type: 'widget.root.updated', widget: item.widget })];
    case 'generated_image':
      return item.image ? [updated({ type: 'generated_image.updated', image: item.image })] : [];
    default:
      return [{ type: 'thread.item.replaced', item }];
  }
}

function newText({ content }: AssistantMessage, seen: SeenItem): ItemUpdate[] {
  return content.flatMap((part, index): ItemUpdate[] => {
    const before = seen.parts[index];
    if (!before) return [{ type: 'assistant_message.content_part.added', content_index: index, content: part }];
    const rest = part.text.slice(before.chars);
    return [
      ...(rest === '' ? [] : [{ type: 'assistant_message.content_part.text_delta' as const, content_index: index, delta: rest }]),
      ...part.annotations.slice(before.annotations).map((annotation, offset): ItemUpdate => ({
        type: 'assistant_message.content_part.annotation_added', content_index: index, annotation_index: before.annotations + offset, annotation,
      })),
    ];
  });
}
