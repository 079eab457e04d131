const MARKER = Symbol.for('chatkit-selfhost.error');

export interface ChatKitErrorOptions {
  /** Machine-readable, snake_case: `thread_busy`, `not_found`, ... */
  code: string;
  /** Shown to the user as it is. */
  message: string;
  /** HTTP status when nothing has been sent yet. Default 400. */
  status?: number | undefined;
  /** Whether the client may offer to try again, when the stream has already begun. Default false. */
  allowRetry?: boolean | undefined;
  /** Where in the request the fault is: `params.input.content[0]`. */
  path?: string | undefined;
  /** Seconds for the `Retry-After` header. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** The one error to throw on purpose: its message is shown to the user. The message of any other error never is. */
export class ChatKitError extends Error {
  readonly code: string;
  readonly status: number;
  readonly allowRetry: boolean;
  readonly path: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(options: ChatKitErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ChatKitError';
    this.code = options.code;
    this.status = options.status ?? 400;
    this.allowRetry = options.allowRetry ?? false;
    this.path = options.path;
    this.retryAfter = options.retryAfter;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for errors of this class from any copy of the package. */
  static isInstance(value: unknown): value is ChatKitError {
    return value instanceof Error && MARKER in value;
  }
}
