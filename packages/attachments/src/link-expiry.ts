/**
 * When a link to look at a file ends, in seconds since 1970: at least `ttlMs` from now and at most a quarter longer. Rounded, so that the address
 * stays the same for a while and browsers keep what they have.
 */
export function roundedExpiry(now: Date, ttlMs: number): number {
  return roundedPeriod(now, ttlMs).end;
}

/** From when to when such a link holds, both in seconds since 1970: for signatures that are over the beginning, too. It is the same for as long as the end is. */
export function roundedPeriod(now: Date, ttlMs: number): { begin: number; end: number } {
  const step = Math.max(1, Math.floor(ttlMs / 4_000));
  const end = Math.ceil((now.getTime() + ttlMs) / 1_000 / step) * step;
  return { begin: end - step - Math.ceil(ttlMs / 1_000), end };
}
