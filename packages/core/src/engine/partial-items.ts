import type { Item, Task, ThreadItem, WidgetRoot } from '../protocol/index.js';
import { isSoundItem } from './check-item.js';

/** What can be kept of an item that was announced and never finished. */
export type PartialItem = Item<'assistant_message' | 'widget' | 'workflow'>;

/** Of unfinished items: those that showed something, as they are stored when their turn ends early. */
export function partialItems(items: Iterable<ThreadItem>): PartialItem[] {
  const partial: PartialItem[] = [];
  for (const item of items) {
    if ((item.type === 'assistant_message' || item.type === 'widget' || item.type === 'workflow') && isSoundItem(item) && showsSomething(item)) partial.push(settled(item));
  }
  return partial;
}

function showsSomething(item: PartialItem): boolean {
  switch (item.type) {
    case 'assistant_message':
      return item.content.some((part) => part.text.trim() !== '');
    case 'widget':
      return hasText(item.widget);
    case 'workflow':
      return item.workflow.tasks.length > 0;
  }
}

/** Nothing goes on in it any more. */
function settled(item: PartialItem): PartialItem {
  return item.type === 'workflow' ? { ...item, workflow: { ...item.workflow, tasks: item.workflow.tasks.map(stopped) } } : item;
}

function stopped(task: Task): Task {
  return task.status_indicator === 'loading' ? { ...task, status_indicator: 'none' } : task;
}

/** Whether any text of it has come: a frame that was still to be filled is nothing to keep. */
function hasText(root: WidgetRoot): boolean {
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { value, children } = node as { value?: unknown; children?: unknown };
    if (typeof value === 'string' && value.trim() !== '') return true;
    if (Array.isArray(children)) open.push(...(children as unknown[]));
    else open.push(children);
  }
  return false;
}
