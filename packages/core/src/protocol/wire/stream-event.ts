import type { ThreadItemUpdate } from '../item-update.js';
import type { ThreadStreamEvent } from '../stream-event.js';
import { stripNulls } from '../widget/strip-nulls.js';
import { annotationToWire, assistantMessageContentToWire } from './content.js';
import { itemToWire } from './item.js';
import { threadToWire } from './thread.js';
import { taskToWire } from './workflow.js';

function updateToWire(update: ThreadItemUpdate): object {
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
    case 'widget.streaming_text.value_delta':
      return update;
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      return {
        type: update.type,
        content_index: update.content_index,
        content: assistantMessageContentToWire(update.content),
      };
    case 'assistant_message.content_part.annotation_added':
      return {
        type: update.type,
        content_index: update.content_index,
        annotation_index: update.annotation_index,
        annotation: annotationToWire(update.annotation),
      };
    case 'widget.component.updated':
      return { type: update.type, component_id: update.component_id, component: stripNulls(update.component) };
    case 'widget.root.updated':
      return { type: update.type, widget: stripNulls(update.widget) };
    case 'workflow.task.added':
    case 'workflow.task.updated':
      return { type: update.type, task_index: update.task_index, task: taskToWire(update.task) };
    case 'generated_image.updated':
      return {
        type: update.type,
        image: { id: update.image.id, url: update.image.url },
        progress: update.progress ?? undefined,
      };
    default:
      return update satisfies never;
  }
}

/** An event ready to send. A text delta is returned as it is: it has nothing to leave out, and there are many. */
export function eventToWire(event: ThreadStreamEvent): object {
  switch (event.type) {
    case 'thread.item.updated': {
      const update = updateToWire(event.update);
      return update === event.update ? event : { type: event.type, item_id: event.item_id, update };
    }
    case 'thread.created':
    case 'thread.updated':
      return { type: event.type, thread: threadToWire(event.thread) };
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return { type: event.type, item: itemToWire(event.item) };
    case 'thread.item.removed':
      return { type: event.type, item_id: event.item_id };
    case 'stream_options':
      return { type: event.type, stream_options: { allow_cancel: event.stream_options.allow_cancel } };
    case 'progress_update':
      return { type: event.type, text: event.text, icon: event.icon ?? undefined };
    case 'client_effect':
      return { type: event.type, name: event.name, data: event.data ?? {} };
    case 'notice':
      return { type: event.type, level: event.level, message: event.message, title: event.title ?? undefined };
    case 'error':
      return {
        type: event.type,
        code: event.code ?? 'custom',
        message: event.message ?? undefined,
        allow_retry: event.allow_retry ?? false,
      };
    default:
      return event satisfies never;
  }
}
