import { ChatKitError, StoreUnavailableError } from '@chatkit-selfhost/core';
import { UnsafeServerError } from './unsafe-server-error.js';

/**
 * Replies of a server that can't serve now but may soon: starting, failing over, full, or unable to save. Before Redis 7 a script's error stands
 * within a sentence, behind a hyphen.
 */
const TRANSIENT = /(?:^|-)(?:LOADING|CLUSTERDOWN|READONLY|MASTERDOWN|TRYAGAIN|NOREPLICAS|OOM|MISCONF|BUSY|MOVED|ASK)\b/;

/** What a failed command means for the caller: a {@link StoreUnavailableError} when trying again may help, else the error itself. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || ChatKitError.isInstance(error) || error instanceof UnsafeServerError) return error;
  // The server answers with a ReplyError; all other errors are the client's, about its connection.
  const unavailable = error.name !== 'ReplyError' || TRANSIENT.test(error.message);
  return unavailable ? new StoreUnavailableError({ cause: error }) : error;
}
