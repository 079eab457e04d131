const FROZEN_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** `frozen` never moves, `ticking` is a second later each time it is read; else the system's clock. */
export function createClock(kind: 'frozen' | 'ticking' | undefined): () => Date {
  if (kind === undefined) return () => new Date();
  let ticks = 0;
  return () => new Date(FROZEN_AT + (kind === 'ticking' ? 1_000 * ticks++ : 0));
}
