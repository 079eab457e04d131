import type { TurnRecord } from '../store/index.js';

/** The answer of `POST /chat`, as sent. `type` says what `structured_data` is. */
export interface ChatResponseBody {
  session_id: string;
  thread_id: string;
  message: string;
  type: string;
  structured_data?: unknown;
  /** RFC 3339, UTC. */
  timestamp: string;
  error?: string;
  error_code?: string;
}

/** A turn as the simple API answers it. */
export function toChatResponse(
  record: TurnRecord, { sessionId, error, timestamp }: { sessionId: string; error: { code: string; message: string } | null; timestamp: Date },
): ChatResponseBody {
  return {
    session_id: sessionId,
    thread_id: record.threadId,
    message: record.agentResponse === '' && error ? error.message : record.agentResponse,
    type: error ? 'error' : record.responseType,
    ...(record.structuredData === null || error ? {} : { structured_data: record.structuredData }),
    timestamp: timestamp.toISOString(),
    ...(error ? { error: error.message, error_code: error.code } : {}),
  };
}

/** What is told of a turn that this node knows from its record alone. */
export function errorOfRecord(record: TurnRecord): { code: string; message: string } | null {
  if (record.outcome === 'completed' || record.outcome === 'cancelled') return null;
  return { code: record.outcome === 'interrupted' ? 'interrupted' : 'stream.error', message: 'Something went wrong. Please try again.' };
}
