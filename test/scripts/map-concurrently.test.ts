import { expect, it } from 'vitest';
import { mapConcurrently } from '../../scripts/map-concurrently.js';

it('keeps the order of the values and never runs more than the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrently(2, [5, 1, 4, 2, 3], async (value) => {
    running += 1;
    most = Math.max(most, running);
    for (let tick = 0; tick < value; tick += 1) await Promise.resolve();
    running -= 1;
    return value * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

it('fails with the first failure', async () => {
  await expect(mapConcurrently(2, [1, 2], (value) => Promise.reject(new Error(`no ${value}`)))).rejects.toThrow('no 1');
});
