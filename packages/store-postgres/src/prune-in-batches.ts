/** Rows that one transaction deletes: few enough to be done in well under 250 ms. */
const BATCH_ROWS = 2_000;

/** Deletes up to `limit` rows in short transactions, so that live traffic is never held up. Returns how many. */
export async function pruneInBatches(limit: number, deleteSome: (size: number) => Promise<number>, batchRows = BATCH_ROWS): Promise<number> {
  let deleted = 0;
  while (deleted < limit) {
    const size = Math.min(batchRows, limit - deleted);
    const count = await deleteSome(size);
    deleted += count;
    if (count < size) break;
  }
  return deleted;
}
