/**
 * From when to when a link to look at a file holds, both in seconds since 1970: at least `ttlMs` from now and at most a quarter longer. Rounded, so that
 * the address stays the same for a while and browsers keep what they have; the begin is for signatures, which are over the time of signing, too.
 */
export function roundedPeriod(now: Date, ttlMs: number): { begin: number; end: number } {
  const step = Math.max(1, Math.floor(ttlMs / 4_000));
  const end = Math.ceil((now.getTime() + ttlMs) / 1_000 / step) * step;
  return { begin: end - step - Math.ceil(ttlMs / 1_000), end };
}
