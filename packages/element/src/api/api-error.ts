/** A request the server refused or that never got through. Its message may be shown to the reader. */
export class ApiError extends Error {
  override readonly name = 'ChatKitApiError';

  constructor(
    message: string,
    /** HTTP status; 0 when there was no response at all. */
    readonly status: number,
    readonly code?: string | undefined,
    /** What the page's own code or the browser threw. */
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** Reads `message` (or `error.message`) from a JSON body, else the status text. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const fallback = response.statusText || `HTTP ${response.status}`;
  try {
    const body = (await response.json()) as { message?: unknown; code?: unknown; error?: { message?: unknown } | string };
    const nested = typeof body.error === 'object' ? body.error.message : body.error;
    const message = typeof body.message === 'string' ? body.message : nested;
    const code = typeof body.code === 'string' ? body.code : undefined;
    return new ApiError(typeof message === 'string' && message ? message : fallback, response.status, code);
  } catch {
    return new ApiError(fallback, response.status);
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
