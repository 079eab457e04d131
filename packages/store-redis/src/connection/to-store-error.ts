import { ChatKitError, StoreUnavailableError } from '@chatkit-selfhost/core';

/** Replies of a server that can't serve now but may soon: starting, failing over, full, or unable to save. */
const TRANSIENT = /^(LOADING|CLUSTERDOWN|READONLY|MASTERDOWN|TRYAGAIN|NOREPLICAS|OOM|MISCONF|BUSY|MOVED|ASK|UNBLOCKED)\b/;

/** What a failed command means for the caller: a {@link StoreUnavailableError} when trying again may help, else the error itself. */
export function toStoreError(error: unknown): unknown {
  if (ChatKitError.isInstance(error)) return error;
  if (!(error instanceof Error)) return error;
  // The server answers with a ReplyError; all other errors are the client's, about its connection.
  const unavailable = error.name !== 'ReplyError' || TRANSIENT.test(error.message);
  return unavailable ? new StoreUnavailableError({ cause: error }) : error;
}
