import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalRun } from '../../src/runs/local-run.js';

const runs: LocalRun[] = [];
afterEach(() => runs.splice(0).forEach((run) => run.end()));

async function start(): Promise<LocalRun> {
  const store = memoryStore().runs;
  const begun = await store.start({ ownerId: 'ada' }, { runId: 'run_1', threadId: 'thr_1', leaseMs: 60_000, turn: {} });
  if (begun.outcome !== 'started') throw new Error('The run did not start.');
  const run = new LocalRun({ lease: begun.run, ownerId: 'ada', leaseMs: 60_000, renewEveryMs: 60_000, store });
  runs.push(run);
  return run;
}

describe('the holders of a run', () => {
  it('make it abandoned when the last one goes', async () => {
    const run = await start();
    const left: string[] = [];
    const first = run.hold(() => left.push('first'));
    const second = run.hold(() => left.push('second'));
    first();
    expect(left).toEqual([]);
    expect(run.abandoned).toBe(false);
    second();
    expect(left).toEqual(['second']);
    expect(run.abandoned).toBe(true);
  });

  it('count once, however often they let go', async () => {
    const run = await start();
    const left: string[] = [];
    const first = run.hold(() => left.push('first'));
    run.hold(() => left.push('second'));
    first();
    first();
    expect(left).toEqual([]);
  });

  it('take it up again', async () => {
    const run = await start();
    run.hold(() => undefined)();
    run.hold(() => undefined);
    expect(run.abandoned).toBe(false);
  });

  it('matter no more after its end', async () => {
    const run = await start();
    const left: string[] = [];
    const release = run.hold(() => left.push('gone'));
    run.end();
    release();
    expect(left).toEqual([]);
    expect(run.abandoned).toBe(false);
  });
});
