import type { ThreadItem, ThreadItemType } from '../protocol/item.js';
import { isObject, listOf, stringOr } from '../protocol/json.js';
import type { JsonObject } from '../protocol/json.js';
import { isWidgetNode } from '../protocol/widget.js';

const knownTypes: Record<ThreadItemType, true> = {
  user_message: true,
  assistant_message: true,
  client_tool_call: true,
  widget: true,
  generated_image: true,
  structured_input: true,
  task: true,
  workflow: true,
  end_of_turn: true,
};

/**
 * Reads an item as sent by a server and fills what it left out. Null for items of a
 * type this element doesn't show (hidden ones, later additions) or without an id.
 */
export function normalizeItem(value: unknown): ThreadItem | null {
  if (!isObject(value) || typeof value['id'] !== 'string') return null;
  const type = value['type'];
  if (typeof type !== 'string' || !Object.hasOwn(knownTypes, type)) return null;
  const item = { ...value, thread_id: stringOr(value['thread_id'], '') };
  switch (type as ThreadItemType) {
    case 'user_message':
      return { ...item, content: listOf(value['content']).filter(isObject), attachments: listOf(value['attachments']).filter(isObject) } as unknown as ThreadItem;
    case 'assistant_message':
      return { ...item, content: listOf(value['content']).filter(isObject).map(withAnnotations) } as unknown as ThreadItem;
    case 'widget':
      return isWidgetNode(value['widget']) ? (item as unknown as ThreadItem) : null;
    case 'structured_input':
      return { ...item, inputs: listOf(value['inputs']).filter(isObject) } as unknown as ThreadItem;
    case 'task':
      return isObject(value['task']) ? (item as unknown as ThreadItem) : null;
    case 'workflow': {
      const workflow = value['workflow'];
      if (!isObject(workflow)) return null;
      return { ...item, workflow: { ...workflow, tasks: listOf(workflow['tasks']).filter(isObject) } } as unknown as ThreadItem;
    }
    case 'client_tool_call':
      return { ...item, arguments: isObject(value['arguments']) ? value['arguments'] : {} } as unknown as ThreadItem;
    case 'generated_image':
    case 'end_of_turn':
      return item as unknown as ThreadItem;
  }
}

export function normalizeItems(values: unknown): ThreadItem[] {
  return listOf<unknown>(values).flatMap((value) => normalizeItem(value) ?? []);
}

function withAnnotations(part: JsonObject): JsonObject {
  return { ...part, annotations: listOf(part['annotations']).filter((annotation) => isObject(annotation) && isObject(annotation['source'])) };
}
