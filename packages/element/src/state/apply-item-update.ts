import type { AssistantMessageContent, AssistantMessageItem, ThreadItem, WorkflowItem } from '../protocol/item.js';
import { listOf } from '../protocol/json.js';
import type { ThreadItemUpdate } from '../protocol/stream-event.js';
import { appendText, replaceComponent } from './update-widget-tree.js';

/**
 * Applies one update to an item and returns the changed copy. An update that doesn't
 * fit the item (other type, unknown update, index out of range) returns the item as it is.
 */
export function applyItemUpdate(item: ThreadItem, update: ThreadItemUpdate): ThreadItem {
  switch (item.type) {
    case 'assistant_message':
      return updateAssistantMessage(item, update);
    case 'workflow':
      return updateWorkflow(item, update);
    case 'widget':
      if (update.type === 'widget.root.updated') return { ...item, widget: update.widget };
      if (update.type === 'widget.component.updated') {
        return { ...item, widget: replaceComponent(item.widget, update.component_id, update.component) };
      }
      if (update.type === 'widget.streaming_text.value_delta') {
        return { ...item, widget: appendText(item.widget, update.component_id, update.delta, update.done) };
      }
      return item;
    case 'generated_image':
      if (update.type !== 'generated_image.updated') return item;
      return { ...item, image: update.image, progress: update.progress };
    default:
      return item;
  }
}

function updateAssistantMessage(item: AssistantMessageItem, update: ThreadItemUpdate): AssistantMessageItem {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      return withPart(item, update.content_index, () => normalizePart(update.content));
    case 'assistant_message.content_part.text_delta':
      return withPart(item, update.content_index, (part) => ({ ...part, text: part.text + update.delta }));
    case 'assistant_message.content_part.annotation_added':
      return withPart(item, update.content_index, (part) => {
        const annotations = [...part.annotations];
        annotations.splice(Math.min(update.annotation_index, annotations.length), 0, update.annotation);
        return { ...part, annotations };
      });
    default:
      return item;
  }
}

const maximumParts = 1000;

function withPart(
  item: AssistantMessageItem,
  index: number,
  change: (part: AssistantMessageContent) => AssistantMessageContent,
): AssistantMessageItem {
  if (!Number.isInteger(index) || index < 0 || index > maximumParts) return item;
  const content = [...listOf<AssistantMessageContent>(item.content)];
  while (content.length <= index) content.push({ type: 'output_text', text: '', annotations: [] });
  content[index] = change(normalizePart(content[index]));
  return { ...item, content };
}

function normalizePart(part: Partial<AssistantMessageContent> | undefined): AssistantMessageContent {
  return { type: 'output_text', text: part?.text ?? '', annotations: listOf(part?.annotations) };
}

function updateWorkflow(item: WorkflowItem, update: ThreadItemUpdate): WorkflowItem {
  const tasks = [...listOf<WorkflowItem['workflow']['tasks'][number]>(item.workflow.tasks)];
  if (update.type === 'workflow.task.added') {
    tasks.splice(Math.min(update.task_index, tasks.length), 0, update.task);
  } else if (update.type === 'workflow.task.updated') {
    if (update.task_index < 0 || update.task_index >= tasks.length) return item;
    tasks[update.task_index] = update.task;
  } else {
    return item;
  }
  return { ...item, workflow: { ...item.workflow, tasks } };
}
