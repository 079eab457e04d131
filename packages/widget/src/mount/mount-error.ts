export type MountProblem =
  | 'no_target'
  | 'domain_key_missing'
  | 'domain_key_placeholder'
  | 'zero_size'
  | 'script_blocked'
  | 'element_timeout'
  | 'not_ready'
  | 'server_unreachable'
  | 'server_failed'
  | 'cors_refused'
  | 'session_refused'
  /** Anything else, such as options that the element refuses; `cause` is what was thrown. */
  | 'failed';

/** Why the chat can't be shown: what would otherwise be a blank box. */
export class ChatKitMountError extends Error {
  readonly code: MountProblem;

  constructor(code: MountProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ChatKitMountError';
    this.code = code;
  }
}

/** `failed` for what was not foreseen, so that nothing is swallowed. */
export function toMountError(error: unknown, what: string): ChatKitMountError {
  if (error instanceof ChatKitMountError) return error;
  return new ChatKitMountError('failed', `${what} ${error instanceof Error ? error.message : String(error)}`, error);
}
