import { ChatKitError, safeToLog, StoreUnavailableError } from '@chatkit-selfhost/core';
import { UnsafeServerError } from './unsafe-server-error.js';

/**
 * Replies of a server that can't serve now but may soon: starting, failing over, full, or unable to save. Before Redis 7 a script's error stands
 * within a sentence, behind a hyphen.
 */
const TRANSIENT = /(?:^|-)(?:LOADING|CLUSTERDOWN|READONLY|MASTERDOWN|TRYAGAIN|NOREPLICAS|OOM|MISCONF|BUSY|MOVED|ASK)\b/;

/** What the server says of the account or of a key. Other replies may repeat what was sent. */
const OF_THE_SERVER = /^(?:NOAUTH|WRONGPASS|NOPERM|WRONGTYPE)\b/;

/** What a failed command means for the caller: a {@link StoreUnavailableError} when trying again may help, else the error itself. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || ChatKitError.isInstance(error) || error instanceof UnsafeServerError) return error;
  // The server answers with a ReplyError; all other errors are the client's, about its connection.
  if (error.name !== 'ReplyError') return new StoreUnavailableError({ cause: error });
  if (TRANSIENT.test(error.message)) return new StoreUnavailableError({ cause: safeToLog(error) });
  return OF_THE_SERVER.test(error.message) ? safeToLog(error) : error;
}
