/** The operations that answer with an event stream; all others answer with JSON. */
export const STREAMING_OPERATIONS = [
  'threads.create',
  'threads.add_user_message',
  'threads.add_client_tool_output',
  'threads.add_structured_input',
  'threads.retry_after_item',
  'threads.custom_action',
] as const;
export type StreamingOperation = (typeof STREAMING_OPERATIONS)[number];

/** The operations that answer with JSON. */
export const JSON_OPERATIONS = [
  'threads.get_by_id',
  'threads.list',
  'threads.update',
  'threads.delete',
  'threads.sync_custom_action',
  'items.list',
  'items.feedback',
  'attachments.create',
  'attachments.delete',
  'input.transcribe',
] as const;
export type JsonOperation = (typeof JSON_OPERATIONS)[number];

/** The `type` of a request. */
export type Operation = StreamingOperation | JsonOperation;

const streaming: ReadonlySet<unknown> = new Set(STREAMING_OPERATIONS);
const known: ReadonlySet<unknown> = new Set([...STREAMING_OPERATIONS, ...JSON_OPERATIONS]);

/** Whether an operation answers with an event stream. Decided by its name alone, never by headers or content. */
export function isStreamingOperation(operation: unknown): operation is StreamingOperation {
  return streaming.has(operation);
}

/** Whether a value names one of the protocol's operations. */
export function isOperation(value: unknown): value is Operation {
  return known.has(value);
}
