/** What a ChatKit request's body says about how it may be sent. */
export interface OperationFacts {
  streams: boolean;
  repeatable: boolean;
  bound: { threadId: string | null } | undefined;
}

const STREAMING = new Set(['threads.create', 'threads.add_user_message', 'threads.add_client_tool_output', 'threads.add_structured_input', 'threads.retry_after_item', 'threads.custom_action']);
const READING = new Set(['threads.get_by_id', 'threads.list', 'items.list']);

export function operationFacts(body: BodyInit | null | undefined): OperationFacts {
  const { type, params } = parse(body);
  const streams = STREAMING.has(type);
  const threadId = typeof params.thread_id === 'string' ? params.thread_id : null;
  const attachments = params.input?.attachments?.length ?? 0;
  return {
    streams,
    // Streaming operations carry a key by which the server knows them again.
    repeatable: streams || READING.has(type),
    bound: threadId !== null || attachments > 0 || type === 'attachments.delete' ? { threadId: attachments > 0 ? null : threadId } : undefined,
  };
}

interface Parsed {
  type: string;
  params: { thread_id?: unknown; input?: { attachments?: unknown[] } };
}

function parse(body: BodyInit | null | undefined): Parsed {
  const nothing: Parsed = { type: '', params: {} };
  if (typeof body !== 'string') return nothing;
  try {
    const { type, params } = JSON.parse(body) as { type?: unknown; params?: Parsed['params'] | null };
    return { type: typeof type === 'string' ? type : '', params: params ?? {} };
  } catch {
    return nothing;
  }
}
