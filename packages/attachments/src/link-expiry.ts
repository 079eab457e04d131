/**
 * When a link to look at a file ends, in seconds since 1970: at least `ttlMs` from now and at most a quarter longer. Rounded, so that the address
 * stays the same for a while and browsers keep what they have.
 */
export function roundedExpiry(now: Date, ttlMs: number): number {
  const step = Math.max(1, Math.floor(ttlMs / 4_000));
  return Math.ceil((now.getTime() + ttlMs) / 1_000 / step) * step;
}
