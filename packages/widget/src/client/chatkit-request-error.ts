/** The server refused a request, or could not answer it. */
export class ChatKitRequestError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The server's code, such as `session_expired` or `thread_busy`. */
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(options: { status: number; code: string; message: string; requestId?: string | undefined; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = 'ChatKitRequestError';
    this.status = options.status;
    this.code = options.code;
    this.requestId = options.requestId;
  }
}

/** What an answer that is no success says. */
export async function errorFrom(response: Response): Promise<ChatKitRequestError> {
  const body = (await response.json().catch(() => null)) as { code?: unknown; message?: unknown; request_id?: unknown } | null;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return new ChatKitRequestError({
    status: response.status,
    code: text(body?.code) ?? `http_${String(response.status)}`,
    message: text(body?.message) ?? `The server answered ${String(response.status)} ${response.statusText}.`.replace(' .', '.'),
    requestId: text(body?.request_id),
  });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
