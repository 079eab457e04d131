import { ChatKitError } from '../errors/chatkit-error.js';
import { isSafeToLog } from '../errors/safe-to-log.js';

/** A line of a stack that names a place in code, as V8 (`at name (file:1:2)`) or JavaScriptCore (`name@file:1:2`) write it. */
const FRAME = /^\s*at \S|^\S*@\S*$/;
/** `ECONNREFUSED`, `ERR_INVALID_ARG_TYPE`, or an SQLSTATE: the name of a constant, never a value. */
const CODE = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[0-9A-Z]{5})$/;
const MAX_CODE_CHARS = 64;
/** How far causes are followed. */
const MAX_CAUSES = 4;

/** What may be logged of an error. */
export interface ErrorDescription {
  name: string;
  /** Of errors that are known to hold no content. */
  message?: string;
  code?: string;
  cause?: ErrorDescription;
  stack?: string;
}

/**
 * What may be logged of an error and its causes: class, code, and where it was thrown. The message, which a stack begins with, may hold
 * content: it is logged only where `safeToLog` says that it holds none, and of a connection of a store that failed.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  return { ...summaryOf(error, { ofStore: isOutage(error), causes: MAX_CAUSES }), stack: framesOf(error) };
}

/** Whether a store could not be reached, or had no free connection. */
export function isOutage(error: unknown): boolean {
  return ChatKitError.isInstance(error) && error.code === 'store_unavailable';
}

function summaryOf(error: Error, { ofStore, causes }: { ofStore: boolean; causes: number }): ErrorDescription {
  const code = codeOf(error);
  const tells = isSafeToLog(error) || (ofStore && isConnectionError(error));
  return {
    name: error.name,
    ...(tells ? { message: error.message } : {}),
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error && causes > 0 ? { cause: summaryOf(error.cause, { ofStore: ofStore || isOutage(error.cause), causes: causes - 1 }) } : {}),
  };
}

function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  // The codes of these are written for machines to begin with.
  if (ChatKitError.isInstance(error)) return error.code;
  return typeof code === 'string' && code.length <= MAX_CODE_CHARS && CODE.test(code) ? code : undefined;
}

/** The system's own error about a connection: `connect ECONNREFUSED 127.0.0.1:5432`. */
function isConnectionError(error: Error): boolean {
  return 'syscall' in error && typeof error.syscall === 'string' && /^(?:connect|getaddrinfo|read|write)$/.test(error.syscall) && codeOf(error) !== undefined;
}

function framesOf(error: Error): string {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const at = error.message === '' ? -1 : stack.indexOf(error.message);
  const lines = stack.slice(at === -1 ? 0 : at + error.message.length).split('\n');
  // From the end: should the message have been changed since, its lines come before the frames.
  const first = lines.findLastIndex((line) => line !== '' && !FRAME.test(line)) + 1;
  return lines.slice(first).filter((line) => line !== '').join('\n');
}
