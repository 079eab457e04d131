const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;

/** Runs the callback after pending input and output had their turn: `setImmediate` where it exists, else a zero timer. */
export function macrotask(callback: () => void): void {
  if (immediate) immediate(callback);
  else setTimeout(callback, 0);
}

/** Lets the event loop serve others. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise(macrotask);
}
