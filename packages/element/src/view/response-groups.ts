import { listOf, stringOr } from '../protocol/json.js';
import type { Annotation, AssistantMessageContent, ThreadItem } from '../protocol/item.js';

/** Everything the assistant put between two user messages. */
export interface ResponseGroup {
  items: readonly ThreadItem[];
  /** The item below which the response's buttons belong. */
  lastId: string;
}

/** The responses of a thread, by the id of their last visible item. */
export function responseGroups(items: readonly ThreadItem[]): Map<string, ResponseGroup> {
  const groups = new Map<string, ResponseGroup>();
  let current: ThreadItem[] = [];
  const close = (): void => {
    const last = current.at(-1);
    if (last) groups.set(last.id, { items: current, lastId: last.id });
    current = [];
  };
  for (const item of items) {
    if (item.type === 'user_message') close();
    else if (item.type !== 'end_of_turn') current.push(item);
  }
  close();
  return groups;
}

/** What the copy button takes: the texts, and a widget's own text for copying. */
export function copyText(items: readonly ThreadItem[]): string {
  return items
    .flatMap((item) => {
      if (item.type === 'assistant_message') return item.content.map((part) => stringOr(part.text, ''));
      if (item.type === 'widget') return [item.copy_text ?? ''];
      return [];
    })
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

export function responseAnnotations(items: readonly ThreadItem[]): Annotation[] {
  return items.flatMap((item) =>
    item.type === 'assistant_message' ? item.content.flatMap((part: AssistantMessageContent) => listOf<Annotation>(part.annotations)) : [],
  );
}

/** The items feedback is about. */
export function feedbackIds(items: readonly ThreadItem[]): string[] {
  return items.filter((item) => ['assistant_message', 'widget', 'client_tool_call', 'generated_image'].includes(item.type)).map((item) => item.id);
}
