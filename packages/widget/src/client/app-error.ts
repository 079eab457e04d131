/** By symbol and not by a map of this module: the browser bundle and the modules may both be on a page. */
const OF_THE_APP = Symbol.for('chatkit-selfhost.app-error');

/** Marks what the app's own code threw while a request was made, which looks like a failed request otherwise. */
export function markAppError(error: unknown): void {
  if (error instanceof Error) Reflect.defineProperty(error, OF_THE_APP, { value: true });
}

export function isAppError(error: unknown): boolean {
  return error instanceof Error && OF_THE_APP in error;
}
