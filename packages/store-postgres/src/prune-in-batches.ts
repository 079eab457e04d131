const FIRST_ROWS = 250;
const LEAST_ROWS = 25;
/** What a transaction is meant to take: a stall of the disk may lengthen it several times, and live traffic still not wait for 250 ms. */
const TARGET_MS = 40;

/**
 * Deletes up to `limit` rows in short transactions, so that live traffic is never held up: as many at a time as this server deletes in time.
 *
 * @param deleteSome deletes at most that many, and returns how many.
 * @param mostRows the most in one transaction.
 */
export async function pruneInBatches(limit: number, deleteSome: (size: number) => Promise<number>, mostRows = 2_000): Promise<number> {
  let deleted = 0;
  let rows = Math.min(FIRST_ROWS, mostRows);
  while (deleted < limit) {
    const size = Math.min(rows, limit - deleted);
    const started = performance.now();
    const count = await deleteSome(size);
    deleted += count;
    if (count < size) break;
    const fitting = size * (TARGET_MS / Math.max(performance.now() - started, 1));
    rows = Math.round(Math.min(Math.max(fitting, LEAST_ROWS), rows * 2, mostRows));
  }
  return deleted;
}
