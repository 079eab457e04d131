import type { ThreadItemUpdate, ThreadStreamEvent } from '../../src/protocol/index.js';
import { exampleItems, exampleThread } from './example-items.js';

const part = { type: 'output_text' as const, text: 'Hello', annotations: [] };
const task = { type: 'custom' as const, status_indicator: 'loading' as const, title: 'Check' };

/** One update of every type. */
export const exampleUpdates: { [K in ThreadItemUpdate['type']]: Extract<ThreadItemUpdate, { type: K }> } = {
  'assistant_message.content_part.added': { type: 'assistant_message.content_part.added', content_index: 0, content: part },
  'assistant_message.content_part.text_delta': { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'He\nl' },
  'assistant_message.content_part.annotation_added': {
    type: 'assistant_message.content_part.annotation_added',
    content_index: 0,
    annotation_index: 1,
    annotation: { type: 'annotation', index: 2, source: { type: 'file', title: 'F', filename: 'f.txt' } },
  },
  'assistant_message.content_part.done': { type: 'assistant_message.content_part.done', content_index: 0, content: part },
  'widget.streaming_text.value_delta': { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'lo', done: false },
  'widget.component.updated': { type: 'widget.component.updated', component_id: 't', component: { type: 'Text', value: 'x' } },
  'widget.root.updated': { type: 'widget.root.updated', widget: { type: 'Card', children: [] } },
  'workflow.task.added': { type: 'workflow.task.added', task_index: 0, task },
  'workflow.task.updated': { type: 'workflow.task.updated', task_index: 0, task },
  'generated_image.updated': { type: 'generated_image.updated', image: { id: 'ig_1', url: 'data:,' }, progress: 0.5 },
};

/** One event of every type. */
export const exampleEvents: { [K in ThreadStreamEvent['type']]: Extract<ThreadStreamEvent, { type: K }> } = {
  'thread.created': { type: 'thread.created', thread: exampleThread },
  'thread.updated': { type: 'thread.updated', thread: exampleThread },
  'thread.item.added': { type: 'thread.item.added', item: exampleItems.assistant_message },
  'thread.item.done': { type: 'thread.item.done', item: exampleItems.assistant_message },
  'thread.item.replaced': { type: 'thread.item.replaced', item: exampleItems.structured_input },
  'thread.item.updated': {
    type: 'thread.item.updated',
    item_id: 'msg_2',
    update: exampleUpdates['assistant_message.content_part.text_delta'],
  },
  'thread.item.removed': { type: 'thread.item.removed', item_id: 'msg_2' },
  stream_options: { type: 'stream_options', stream_options: { allow_cancel: true } },
  progress_update: { type: 'progress_update', text: 'Looking', icon: 'search' },
  client_effect: { type: 'client_effect', name: 'highlight', data: { from: 1, note: null } },
  notice: { type: 'notice', level: 'warning', message: '**Low**', title: 'Stock' },
  error: { type: 'error', code: 'custom', message: 'Quota reached', allow_retry: false },
};
