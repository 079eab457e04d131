const MARKER = Symbol.for('chatkit-selfhost.safe-to-log');

/**
 * Says of an error that its message holds nothing of users or of what they wrote (a setting that is wrong, a server that refuses), and
 * returns it. The server logs the message of such an error; of any other only its class, its code and where it was thrown. For stores,
 * uploads and apps that want their operators to read what to do.
 *
 * @example
 * throw safeToLog(new Error('The bucket does not exist: create it, or set S3_BUCKET.'));
 */
export function safeToLog<E>(error: E): E {
  // A frozen error stays as it is.
  if (error instanceof Error) Reflect.defineProperty(error, MARKER, { value: true });
  return error;
}

/** Whether an error was marked by {@link safeToLog}, of any copy of the package. */
export function isSafeToLog(error: Error): boolean {
  return MARKER in error;
}
