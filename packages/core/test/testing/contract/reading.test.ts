import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import { sampleRun } from '../../../src/testing/contract/samples.js';
import { eventually, readAll, readRun, within } from '../../../src/testing/contract/reading.js';

const pages = (list: ({ data: string[]; has_more: boolean; after?: string } | null)[]) => async () => list.shift() ?? null;

it('reads page after page', async () => {
  const read = pages([{ data: ['a', 'b'], has_more: true, after: 'b' }, { data: ['c'], has_more: false }]);
  expect(await readAll(read)).toEqual(['a', 'b', 'c']);
});

it('fails when a cursor of the walk is unknown', async () => {
  await expect(readAll(pages([{ data: ['a'], has_more: true, after: 'a' }, null]))).rejects.toThrow('unknown');
});

it('fails when the cursor and has_more contradict each other', async () => {
  await expect(readAll(pages([{ data: ['a'], has_more: false, after: 'a' }]))).rejects.toThrow('exactly when there is more');
  await expect(readAll(pages([{ data: ['a'], has_more: true }]))).rejects.toThrow('exactly when there is more');
});

it('fails when an empty page says that there is more', async () => {
  await expect(readAll(pages([{ data: [], has_more: true, after: 'a' }]))).rejects.toThrow('empty page');
});

it('asks until the answer is true, and not beyond the deadline', async () => {
  let asked = 0;
  await eventually(async () => ++asked === 3, 'third answer');
  expect(asked).toBe(3);
  await expect(eventually(async () => false, 'never', 20)).rejects.toThrow('not in time: never');
});

it('gives the result of what is in time, and fails what is late', async () => {
  expect(await within(Promise.resolve('done'), 1_000, 'a result')).toBe('done');
  await expect(within(Promise.reject(new Error('its own error')), 1_000, 'a result')).rejects.toThrow('its own error');
  await expect(within(new Promise(() => undefined), 10, 'a promise that never settles')).rejects.toThrow('never settles');
});

it('leaves nothing unhandled of a run that is not read to its end by a case that has failed', async () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  const { runs } = memoryStore();
  const run = sampleRun();
  await runs.start({ ownerId: 'ada' }, run);
  const reading = readRun(runs, { ownerId: 'ada' }, run, 10);
  await new Promise((resolve) => AbortSignal.timeout(20).addEventListener('abort', resolve));
  await new Promise(setImmediate);
  process.off('unhandledRejection', onUnhandled);
  expect(unhandled).toEqual([]);
  await expect(reading).rejects.toThrow('the follower never ended');
});
