import { describeIssue, formatPath } from './describe-issue.js';
import { JSON_OPERATIONS, STREAMING_OPERATIONS, isOperation } from './operations.js';
import { chatKitRequestSchema } from './request.js';
import type { ChatKitRequest } from './request.js';
import { withoutProtoKeys } from './without-proto-keys.js';

/** A readable place and reason for a refusal; neither repeats what the client sent. */
export interface RequestProblem {
  ok: false;
  /** Like `params.input.content[0].text`; empty for the body as a whole. */
  path: string;
  message: string;
}
export type ParsedChatKitRequest = { ok: true; request: ChatKitRequest } | RequestProblem;

const operationNames = [...STREAMING_OPERATIONS, ...JSON_OPERATIONS].join(', ');

/**
 * Checks a parsed JSON body against the 16 operations. Lenient where clients differ: unknown keys are dropped, null
 * counts as absent where a property may be absent, page limits are brought into 1..100. Never throws.
 */
export function parseChatKitRequest(body: unknown): ParsedChatKitRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, path: '', message: 'expected a JSON object' };
  }
  if (!isOperation((body as { type?: unknown }).type)) {
    return { ok: false, path: 'type', message: `expected one of ${operationNames}` };
  }
  const parsed = chatKitRequestSchema.safeParse(withoutProtoKeys(body));
  if (parsed.success) return { ok: true, request: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue === undefined) return { ok: false, path: '', message: 'expected another shape' };
  return { ok: false, path: formatPath(issue.path), message: describeIssue(issue) };
}
