import type { Attachment, InferenceOptions, ThreadItem, UserMessageContent } from '../protocol/item.js';
import type { Page, Thread } from '../protocol/thread.js';

export interface UserMessageInput {
  content: UserMessageContent[];
  attachments: string[];
  quoted_text?: string | undefined;
  inference_options: InferenceOptions;
}

export interface CustomAction {
  type: string;
  payload?: unknown;
}

export interface StructuredInputSubmission {
  status: 'answered' | 'skipped';
  answers: Record<string, { values: string[]; skipped: boolean }>;
}

interface ActionParams {
  thread_id: string;
  item_id?: string | undefined;
  action: CustomAction;
}

interface PageParams {
  limit?: number | undefined;
  order?: 'asc' | 'desc' | undefined;
  after?: string | undefined;
}

/** The operations answered with a stream of thread events. */
export interface StreamingOperations {
  'threads.create': { input: UserMessageInput };
  'threads.add_user_message': { thread_id: string; input: UserMessageInput };
  'threads.add_client_tool_output': { thread_id: string; result: unknown };
  'threads.add_structured_input': { thread_id: string; item_id: string; input: StructuredInputSubmission };
  'threads.retry_after_item': { thread_id: string; item_id: string };
  'threads.custom_action': ActionParams;
}

/** The operations answered with one JSON document: parameters and result. */
export interface JsonOperations {
  'threads.get_by_id': { params: { thread_id: string }; result: Thread };
  'threads.list': { params: PageParams; result: Page<Thread> };
  'threads.update': { params: { thread_id: string; title: string }; result: Thread };
  'threads.delete': { params: { thread_id: string }; result: object };
  'items.list': { params: PageParams & { thread_id: string }; result: Page<ThreadItem> };
  'items.feedback': { params: { thread_id: string; item_ids: string[]; kind: 'positive' | 'negative' }; result: object };
  'attachments.create': { params: { name: string; size: number; mime_type: string }; result: Attachment };
  'attachments.delete': { params: { attachment_id: string }; result: object };
  'input.transcribe': { params: { audio_base64: string; mime_type: string }; result: { text: string } };
  'threads.sync_custom_action': { params: ActionParams; result: { updated_item?: ThreadItem | undefined } };
}

export type StreamingOperation = keyof StreamingOperations;
export type JsonOperation = keyof JsonOperations;
