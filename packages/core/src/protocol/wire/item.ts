import { toUtcDateTime } from '../date-time.js';
import type { ThreadItem } from '../item.js';
import { stripNulls } from '../widget/strip-nulls.js';
import { attachmentToWire } from './attachment.js';
import { assistantMessageContentToWire, inferenceOptionsToWire, userMessageContentToWire } from './content.js';
import { listOf } from './list-of.js';
import { structuredInputToWire } from './structured-input.js';
import { taskToWire, workflowToWire } from './workflow.js';

/** What the newer version of this software that stored an unknown item meant is its own affair: only nulls go. */
function unknownItemToWire(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}

function itemFieldsToWire(item: ThreadItem): object {
  switch (item.type) {
    case 'user_message':
      return {
        content: listOf(item.content).map(userMessageContentToWire),
        attachments: listOf(item.attachments).map(attachmentToWire),
        quoted_text: item.quoted_text ?? undefined,
        inference_options: inferenceOptionsToWire(item.inference_options ?? {}),
      };
    case 'assistant_message':
      return { content: listOf(item.content).map(assistantMessageContentToWire) };
    case 'client_tool_call':
      return {
        status: item.status ?? 'pending',
        call_id: item.call_id,
        name: item.name,
        arguments: item.arguments,
        output: item.output ?? undefined,
      };
    case 'widget':
      return { widget: stripNulls(item.widget), copy_text: item.copy_text ?? undefined };
    case 'generated_image':
      return { image: item.image ? { id: item.image.id, url: item.image.url } : undefined };
    case 'structured_input':
      return { status: item.status ?? 'pending', inputs: listOf(item.inputs).map(structuredInputToWire) };
    case 'task':
      return { task: taskToWire(item.task) };
    case 'workflow':
      return { workflow: workflowToWire(item.workflow) };
    case 'end_of_turn':
      return {};
    case 'hidden_context_item':
    case 'sdk_hidden_context':
      return { content: item.content ?? undefined };
    default:
      return unknownItemToWire(item satisfies never);
  }
}

/**
 * An item as a client may see it. Hidden items are not refused here: whoever sends items leaves them out
 * (`isHiddenItemType`).
 */
export function itemToWire(item: ThreadItem): object {
  return {
    ...itemFieldsToWire(item),
    id: item.id,
    thread_id: item.thread_id,
    created_at: toUtcDateTime(item.created_at),
    type: item.type,
  };
}
