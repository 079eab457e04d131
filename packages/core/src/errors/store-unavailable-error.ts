import { ChatKitError } from './chatkit-error.js';

/** A store's server can't be reached, or has no free connection: answered with 503 and `Retry-After`. */
export class StoreUnavailableError extends ChatKitError {
  constructor(options: { cause?: unknown; retryAfter?: number | undefined } = {}) {
    super({
      code: 'store_unavailable',
      message: 'The service is temporarily unavailable. Please try again.',
      status: 503,
      allowRetry: true,
      retryAfter: options.retryAfter ?? 1,
      cause: options.cause,
    });
    this.name = 'StoreUnavailableError';
  }
}
