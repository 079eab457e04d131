import { safeToLog, StoreUnavailableError } from '@chatkit-selfhost/core';

/**
 * The work's result, or a {@link StoreUnavailableError} once the time is up: whatever the caller's client is set to do while its
 * server is away (queue without end, retry without end), a call of the store ends.
 */
export function withDeadline<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StoreUnavailableError({ cause: safeToLog(new Error(`Redis did not answer within ${milliseconds} ms.`)) }));
    }, milliseconds);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
