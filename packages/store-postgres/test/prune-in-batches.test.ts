import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pruneInBatches } from '../src/prune-in-batches.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Prunes on a server that takes this long for the batch with this number, and returns the sizes it was asked for. */
async function sizesOn(batchMs: (batch: number, size: number) => number, batches: number, mostRows?: number): Promise<number[]> {
  const sizes: number[] = [];
  await pruneInBatches(Infinity, async (size) => {
    sizes.push(size);
    vi.advanceTimersByTime(batchMs(sizes.length, size));
    return sizes.length < batches ? size : 0;
  }, mostRows);
  return sizes;
}

describe('pruneInBatches', () => {
  it('never takes more than a few hundred rows at a time, however fast the server is', async () => {
    const sizes = await sizesOn(() => 0, 100);
    expect(Math.max(...sizes)).toBe(500);
    expect(Math.max(...await sizesOn(() => 0, 100, 200))).toBe(200);
  });

  it('grows over many fast batches, and shrinks at once after a slow one', async () => {
    const sizes = await sizesOn((batch) => (batch === 30 ? 400 : 1), 60);
    const [before = 0, after = 0] = [sizes[29], sizes[30]];
    expect(before).toBe(500);
    expect(after).toBeLessThanOrEqual(before / 10);
    const recovered = sizes.indexOf(500, 30) - 29;
    expect(recovered).toBeGreaterThan(5);
  });

  it('takes a batch that is a little too slow as a sign, and halves at the least', async () => {
    const sizes = await sizesOn((batch) => (batch === 30 ? 45 : 1), 31);
    expect(sizes[30]).toBe(250);
  });

  it('keeps to a few rows while each row is slow, and goes on', async () => {
    const sizes = await sizesOn((_batch, size) => size * 20, 20);
    expect(sizes.slice(1)).toEqual(Array.from({ length: 19 }, () => 50));
  });

  it('stops at the limit, or when there is no more', async () => {
    const sizes: number[] = [];
    const deleteAll = async (size: number): Promise<number> => {
      sizes.push(size);
      return size;
    };
    expect(await pruneInBatches(130, deleteAll)).toBe(130);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(130);
    expect(await pruneInBatches(1_000, async () => 7)).toBe(7);
  });
});
