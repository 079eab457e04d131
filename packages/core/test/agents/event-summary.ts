import type { ThreadStreamEvent } from '../../src/protocol/index.js';

/** Events in short, so that a test reads as a story: `added workflow`, `task.added 0 thought:Think`, `delta Hello`, ... */
export function summary(events: ThreadStreamEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'thread.item.added':
      case 'thread.item.done':
      case 'thread.item.replaced':
        return `${event.type.slice('thread.item.'.length)} ${event.item.type}${describe(event.item)}`;
      case 'thread.item.removed':
        return 'removed';
      case 'thread.item.updated': {
        const { update } = event;
        switch (update.type) {
          case 'assistant_message.content_part.added':
            return `part.added ${String(update.content_index)}`;
          case 'assistant_message.content_part.text_delta':
            return `delta ${update.delta}`;
          case 'assistant_message.content_part.annotation_added':
            return `annotation ${String(update.annotation_index)} ${update.annotation.source.title}@${String(update.annotation.index)}`;
          case 'assistant_message.content_part.done':
            return `part.done ${String(update.content_index)} ${update.content.text}`;
          case 'workflow.task.added':
          case 'workflow.task.updated':
            return `${update.type.slice('workflow.'.length)} ${String(update.task_index)} ${update.task.type}:${'content' in update.task ? String(update.task.content) : ''}`;
          case 'generated_image.updated':
            return `image ${update.image.url} ${String(update.progress)}`;
          default:
            return update.type;
        }
      }
      default:
        return event.type;
    }
  });
}

function describe(item: { type: string }): string {
  if (item.type === 'assistant_message') {
    const { content } = item as { content?: { text: string }[] } & { type: string };
    const text = (content ?? []).map((part) => part.text).join('|');
    return text === '' ? '' : ` ${text}`;
  }
  return '';
}
