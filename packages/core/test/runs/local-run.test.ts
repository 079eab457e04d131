import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LocalRun, RunAborted } from '../../src/runs/local-run.js';
import type { RunAppend, RunEvent, RunStore } from '../../src/store/index.js';

const scope = { ownerId: 'ada' };
const runs: LocalRun[] = [];
afterEach(() => runs.splice(0).forEach((run) => run.end()));

interface Started {
  run: LocalRun;
  store: RunStore;
  /** What was written, batch by batch. */
  written: RunAppend[];
}

/** A run on a real store, whose log outlives the process or does not. */
async function start({ durable = false, wrap = {}, renewEveryMs = 60_000, log }: {
  durable?: boolean; wrap?: Partial<RunStore>; renewEveryMs?: number; log?: { maxEvents: number };
} = {}): Promise<Started> {
  const store = memoryStore().runs;
  const begun = await store.start(scope, { runId: 'run_1', threadId: 'thr_1', leaseMs: 60_000, turn: {} });
  if (begun.outcome !== 'started') throw new Error('The run did not start.');
  const written: RunAppend[] = [];
  const append: RunStore['append'] = async (lease, change) => {
    const result = await (wrap.append ?? store.append)(lease, change);
    written.push(change);
    return result;
  };
  const run = new LocalRun({
    lease: begun.run, ownerId: scope.ownerId, leaseMs: 60_000, renewEveryMs, log,
    store: { durable, append, renew: wrap.renew ?? store.renew },
  });
  runs.push(run);
  return { run, store, written };
}

function collect(run: LocalRun, after = 0): { events: RunEvent[]; done: Promise<void> } {
  const events: RunEvent[] = [];
  const done = (async () => {
    for await (const batch of run.follow(after)) events.push(...batch);
  })();
  return { events, done };
}

const json = (n: number): string => JSON.stringify({ type: 'progress_update', text: String(n) });

describe('LocalRun', () => {
  it('writes what comes within a moment as one batch', async () => {
    const { run, written } = await start();
    for (let n = 1; n <= 10; n++) run.push(json(n));
    await vi.waitFor(() => expect(written).toHaveLength(1));
    expect(written[0]?.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('writes a full batch at once, without waiting for the moment to pass', async () => {
    const { run, written } = await start();
    for (let n = 1; n <= 64; n++) run.push(json(n));
    // Well before the moment after which a smaller batch is written.
    await new Promise((resolve) => setImmediate(resolve));
    expect(written.map(({ events }) => events.length)).toEqual([64]);
  });

  it('writes one batch after the other, in order', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let underWay = 0;
    const { run, written } = await start({ wrap: { append: async () => {
      expect(++underWay).toBe(1);
      await gate;
      underWay--;
      return 'written';
    } } });
    for (let n = 1; n <= 200; n++) run.push(json(n));
    release();
    await run.flush();
    expect(written.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('shows events of a log that dies with the process before they are written', async () => {
    const { run } = await start({ wrap: { append: () => new Promise(() => undefined) } });
    const reader = collect(run);
    run.push(json(1));
    await vi.waitFor(() => expect(reader.events).toHaveLength(1));
  });

  it('shows events of a durable log only once they are in it', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    const { run } = await start({ durable: true, wrap: { append: async () => {
      asked = true;
      await gate;
      return 'written';
    } } });
    const reader = collect(run);
    run.push(json(1));
    await vi.waitFor(() => expect(asked).toBe(true));
    expect(reader.events).toEqual([]);
    release();
    await vi.waitFor(() => expect(reader.events).toHaveLength(1));
  });

  it('wakes readers once for all that becomes ready together', async () => {
    const { run } = await start();
    const batches: number[] = [];
    const done = (async () => {
      for await (const batch of run.follow(0)) batches.push(batch.length);
    })();
    await Promise.resolve();
    for (let n = 1; n <= 5; n++) run.push(json(n));
    await vi.waitFor(() => expect(batches).toEqual([5]));
    run.end();
    await done;
  });

  it('lets every reader begin where it likes, and ends them all', async () => {
    const { run } = await start();
    const early = collect(run);
    for (let n = 1; n <= 4; n++) run.push(json(n));
    const late = collect(run, 2);
    await run.flush();
    run.end();
    await Promise.all([early.done, late.done, run.whenEnded]);
    expect(early.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(late.events.map(({ seq }) => seq)).toEqual([3, 4]);
    const afterwards = collect(run, 3);
    await afterwards.done;
    expect(afterwards.events.map(({ seq }) => seq)).toEqual([4]);
  });

  it('lets a reader go when it is told to', async () => {
    const { run } = await start();
    const controller = new AbortController();
    const iterator = run.follow(0, controller.signal);
    const next = iterator.next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('folds a long log while it writes it, for readers here and on other nodes', async () => {
    const { run, store } = await start({ log: { maxEvents: 10 } });
    for (let n = 1; n <= 100; n++) {
      run.push(json(n));
      if (n % 8 === 0) await run.flush();
    }
    await run.flush();
    run.end();
    const here = collect(run);
    await here.done;
    expect(here.events.length).toBeLessThan(30);
    expect(here.events.at(-1)).toEqual({ seq: 100, json: json(100) });
    const controller = new AbortController();
    let count = 0;
    for await (const { seq } of store.follow(scope, { runId: 'run_1', after: 0, signal: controller.signal })) {
      count++;
      if (seq === 100) controller.abort();
    }
    expect(count).toBeLessThan(30);
  });

  it('flush resolves when all is in the log, also what is pushed while it writes', async () => {
    const { run, written, store } = await start({ durable: true });
    run.push(json(1));
    const flushed = run.flush();
    run.push(json(2));
    await flushed;
    expect(written.flatMap(({ events }) => events)).toHaveLength(2);
    expect(await store.get(scope, { runId: 'run_1' })).toMatchObject({ lastSeq: 2 });
  });

  it('takes nothing more once it has ended', async () => {
    const { run, written } = await start();
    run.end();
    run.push(json(1));
    await run.flush();
    expect(run.lastSeq).toBe(0);
    expect(written).toEqual([]);
    run.abort('cancelled');
    expect(run.abortReason).toBeNull();
    expect(run.ended).toBe(true);
  });

  describe('aborts', () => {
    it('when a cancel is found at a write', async () => {
      const { run, store } = await start();
      await store.requestCancel(scope, { runId: 'run_1' });
      run.push(json(1));
      await run.flush();
      expect(run.abortReason).toBe('cancelled');
      expect(run.signal.reason).toBeInstanceOf(RunAborted);
    });

    it('when a cancel is found at a renewal, so also while it is silent', async () => {
      const { run, store } = await start({ renewEveryMs: 5 });
      await store.requestCancel(scope, { runId: 'run_1' });
      await vi.waitFor(() => expect(run.abortReason).toBe('cancelled'));
    });

    it('when its lease was lost, found at a write', async () => {
      const { run } = await start({ wrap: { append: async () => 'stale_run' } });
      run.push(json(1));
      await run.flush();
      expect(run.abortReason).toBe('lost');
    });

    it('when its lease was lost, found at a renewal', async () => {
      const { run, store } = await start({ renewEveryMs: 5 });
      await store.deleteThread(scope, { threadId: 'thr_1' });
      await vi.waitFor(() => expect(run.abortReason).toBe('lost'));
    });

    it('when a batch can\'t be written, and tells its readers what follows all the same', async () => {
      const cause = new Error('the store is away');
      const { run, written } = await start({ durable: true, wrap: { append: () => Promise.reject(cause) } });
      const reader = collect(run);
      run.push(json(1));
      await run.flush();
      expect(run.abortReason).toBe('failed');
      expect(run.signal.reason).toMatchObject({ name: 'AbortError', cause });
      run.push(json(2));
      await run.flush();
      run.end();
      await reader.done;
      expect(reader.events.map(({ seq }) => seq)).toEqual([1, 2]);
      expect(written).toEqual([]);
    });

    it('for one reason: the first', async () => {
      const { run } = await start();
      expect(run.abortReason).toBeNull();
      run.abort('timeout');
      run.abort('cancelled');
      expect(run.abortReason).toBe('timeout');
    });
  });

  it('lives through a renewal that fails, and renews again', async () => {
    let asked = 0;
    const { run } = await start({ renewEveryMs: 5, wrap: { renew: async () => {
      if (++asked === 1) throw new Error('the store is away');
      return 'renewed';
    } } });
    await vi.waitFor(() => expect(asked).toBeGreaterThan(2));
    expect(run.abortReason).toBeNull();
  });

  it('renews no more once it has ended', async () => {
    let asked = 0;
    const { run } = await start({ renewEveryMs: 2, wrap: { renew: async () => {
      asked++;
      return 'renewed';
    } } });
    await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
    run.end();
    const atEnd = asked;
    const other = await start({ renewEveryMs: 2, wrap: { renew: async () => {
      otherAsked++;
      return 'renewed';
    } } });
    let otherAsked = 0;
    await vi.waitFor(() => expect(otherAsked).toBeGreaterThan(3));
    expect(other.run.ended).toBe(false);
    expect(asked).toBe(atEnd);
  });
});
