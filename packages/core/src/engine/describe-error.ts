/** A line of a stack that names a place in code, as V8 (`at name (file:1:2)`) or JavaScriptCore (`name@file:1:2`) write it. */
const FRAME = /^\s*at \S|^\S*@\S*$/;

/** What may be logged of an error: its class and where it was thrown. The message, which a stack begins with, may hold content. */
export function describeError(error: unknown): { name: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const at = error.message === '' ? -1 : stack.indexOf(error.message);
  const lines = stack.slice(at === -1 ? 0 : at + error.message.length).split('\n');
  // From the end: should the message have been changed since, its lines come before the frames.
  const first = lines.findLastIndex((line) => line !== '' && !FRAME.test(line)) + 1;
  return { name: error.name, stack: lines.slice(first).filter((line) => line !== '').join('\n') };
}
