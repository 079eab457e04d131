import { appendText } from './append-text.js';
import type { AssistantMessageContent, ThreadItem, ThreadItemUpdate } from '../protocol/index.js';

/** What was announced with `thread.item.added` and is not finished: private copies, kept up to date by the updates that follow. */
export class PendingItems {
  readonly #items = new Map<string, ThreadItem>();

  get size(): number {
    return this.#items.size;
  }

  add(item: ThreadItem): void {
    this.#items.set(item.id, structuredClone(item));
  }

  get(itemId: string): ThreadItem | undefined {
    return this.#items.get(itemId);
  }

  delete(itemId: string): void {
    this.#items.delete(itemId);
  }

  /** In the order in which they were announced. */
  values(): IterableIterator<ThreadItem> {
    return this.#items.values();
  }

  update(itemId: string, update: ThreadItemUpdate): void {
    const item = this.#items.get(itemId);
    if (item) applyItemUpdate(item, update);
  }
}

/**
 * Applies an update to an item in place. Updates that don't fit the item, and indices out of range, change nothing:
 * they are forwarded to the client all the same, which decides for itself.
 */
export function applyItemUpdate(item: ThreadItem, update: ThreadItemUpdate): void {
  if (item.type === 'assistant_message') return updateAssistantMessage(item.content, update);
  if (item.type === 'workflow') {
    const { tasks } = item.workflow;
    if (update.type === 'workflow.task.added') tasks.push(structuredClone(update.task));
    else if (update.type === 'workflow.task.updated' && update.task_index in tasks) tasks[update.task_index] = structuredClone(update.task);
  } else if (item.type === 'generated_image' && update.type === 'generated_image.updated') {
    item.image = { ...update.image };
  } else if (item.type === 'widget') {
    if (update.type === 'widget.root.updated') item.widget = structuredClone(update.widget);
    else if (update.type === 'widget.component.updated') replaceComponent(item.widget, update.component_id, structuredClone(update.component));
    else if (update.type === 'widget.streaming_text.value_delta') appendToComponent(item.widget, update);
  }
}

/** More parts than any message has: a wild index must not make the padding fill the memory. */
const MAX_CONTENT_PARTS = 1_000;

function updateAssistantMessage(content: AssistantMessageContent[], update: ThreadItemUpdate): void {
  if (!('content_index' in update) || update.content_index < 0 || update.content_index >= MAX_CONTENT_PARTS) return;
  while (content.length <= update.content_index) content.push({ type: 'output_text', text: '', annotations: [] });
  const part = content[update.content_index];
  if (!part) return;
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      content[update.content_index] = structuredClone(update.content);
      return;
    case 'assistant_message.content_part.text_delta':
      part.text = appendText(part.text, update.delta);
      return;
    case 'assistant_message.content_part.annotation_added':
      part.annotations.splice(Math.min(Math.max(update.annotation_index, 0), part.annotations.length), 0, structuredClone(update.annotation));
      return;
  }
}

type WidgetNode = Record<string, unknown>;

function childrenOf(node: WidgetNode): WidgetNode[] {
  const { children } = node;
  const list: unknown[] = Array.isArray(children) ? children : [children];
  return list.filter((child): child is WidgetNode => typeof child === 'object' && child !== null);
}

function findComponent(root: WidgetNode, id: string): WidgetNode | undefined {
  if (root['id'] === id) return root;
  for (const child of childrenOf(root)) {
    const found = findComponent(child, id);
    if (found) return found;
  }
  return undefined;
}

function appendToComponent(root: object, update: { component_id: string; delta: string }): void {
  const node = findComponent(root as WidgetNode, update.component_id);
  if (node && typeof node['value'] === 'string') node['value'] += update.delta;
}

function replaceComponent(root: object, id: string, component: object): void {
  const node = findComponent(root as WidgetNode, id);
  if (!node) return;
  for (const key of Object.keys(node)) Reflect.deleteProperty(node, key);
  Object.assign(node, component);
}
