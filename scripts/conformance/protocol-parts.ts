import type { VectorFacts } from './vector-facts.ts';

/** All that the protocol names, and where a vector shows that it has it. */
export const protocolParts: { title: string; of: keyof Pick<VectorFacts, 'requests' | 'events' | 'updates' | 'items' | 'statuses'>; names: string[] }[] = [
  {
    title: 'Requests',
    of: 'requests',
    names: [
      'threads.create', 'threads.add_user_message', 'threads.add_client_tool_output', 'threads.add_structured_input', 'threads.retry_after_item',
      'threads.custom_action', 'threads.sync_custom_action', 'threads.get_by_id', 'threads.list', 'threads.update', 'threads.delete', 'items.list',
      'items.feedback', 'attachments.create', 'attachments.delete', 'input.transcribe',
    ],
  },
  {
    title: 'Stream events',
    of: 'events',
    names: [
      'thread.created', 'thread.updated', 'thread.item.added', 'thread.item.updated', 'thread.item.done', 'thread.item.removed',
      'thread.item.replaced', 'stream_options', 'progress_update', 'client_effect', 'notice', 'error',
    ],
  },
  {
    title: 'Item updates',
    of: 'updates',
    names: [
      'assistant_message.content_part.added', 'assistant_message.content_part.text_delta', 'assistant_message.content_part.annotation_added',
      'assistant_message.content_part.done', 'widget.streaming_text.value_delta', 'widget.component.updated', 'widget.root.updated',
      'workflow.task.added', 'workflow.task.updated', 'generated_image.updated',
    ],
  },
  {
    title: 'Item types',
    of: 'items',
    names: [
      'user_message', 'assistant_message', 'client_tool_call', 'widget', 'generated_image', 'structured_input', 'task', 'workflow', 'end_of_turn',
      'hidden_context_item', 'sdk_hidden_context',
    ],
  },
  { title: 'Statuses', of: 'statuses', names: ['200', '400', '404', '409', '501'] },
];
