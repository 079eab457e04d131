const FIRST_ROWS = 100;
/** A transaction of so few costs hardly more than one of a single row. */
const LEAST_ROWS = 50;
const GROWTH_ROWS = 50;
/**
 * However fast batches were: one commit that meets a checkpoint or a busy disk stretches with the rows it has to write, and nothing tells
 * beforehand which one it will be.
 */
const MOST_ROWS = 500;
/** What a transaction is meant to take: a stall may lengthen it several times, and live traffic still not wait for 250 ms. */
const TARGET_MS = 40;

/**
 * Deletes up to `limit` rows in short transactions, so that live traffic is never held up. Their size grows step by step while they are
 * fast, and falls at once when one is slow.
 *
 * @param deleteSome deletes at most that many, and returns how many.
 * @param mostRows the most in one transaction.
 */
export async function pruneInBatches(limit: number, deleteSome: (size: number) => Promise<number>, mostRows = MOST_ROWS): Promise<number> {
  let deleted = 0;
  let rows = Math.min(FIRST_ROWS, mostRows);
  while (deleted < limit) {
    const size = Math.min(rows, limit - deleted);
    const started = performance.now();
    const count = await deleteSome(size);
    deleted += count;
    if (count < size) break;
    rows = nextSize(rows, performance.now() - started, mostRows);
  }
  return deleted;
}

function nextSize(rows: number, tookMs: number, mostRows: number): number {
  if (tookMs <= TARGET_MS) return Math.min(rows + GROWTH_ROWS, mostRows);
  return Math.max(Math.floor(Math.min(rows / 2, rows * (TARGET_MS / tookMs))), LEAST_ROWS);
}
