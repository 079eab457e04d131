const longestWait = 10_000;

/** Milliseconds before the next attempt: what the server asks for, else 300 ms doubling each time. */
export function retryDelay(attempt: number, retryAfter: string | null): number {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds * 1000, longestWait);
  return Math.min(300 * 2 ** (attempt - 1), longestWait);
}
