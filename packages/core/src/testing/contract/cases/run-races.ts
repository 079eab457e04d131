import assert from 'node:assert/strict';
import type { RunStarted } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { newThreadId } from '../contract-context.js';
import { numbered, readRun } from '../reading.js';
import { race, tally } from '../racing.js';
import { startRun } from '../run-steps.js';
import { sampleRun } from '../samples.js';
import { underWay } from '../under-way.js';

const minute = 60_000;

const outcomes = (started: RunStarted[]): Record<string, number> => tally(started.map(({ outcome }) => outcome));
const runIds = (started: RunStarted[]): Set<string> => new Set(started.flatMap((entry) => ('run' in entry ? [entry.run.runId] : [])));

export const runRaceCases = contractGroup('run races', {
  'of many starts on one thread exactly one is started, and the others learn which': async (context) => {
    const scope = context.owner();
    const threadId = newThreadId();
    const started = await race(context, 30, ({ runs }) => runs.start(scope, sampleRun({ threadId })));
    assert.deepEqual(outcomes(started), { started: 1, busy: 29 });
    assert.equal(runIds(started).size, 1);
  },
  'of many starts with one key exactly one is started, on whatever thread': async (context) => {
    const scope = context.owner();
    const started = await race(context, 30, ({ runs }) => runs.start(scope, sampleRun({ idempotencyKey: 'k' })));
    assert.deepEqual(outcomes(started), { started: 1, repeated: 29 });
    assert.equal(runIds(started).size, 1);
  },
  'of many starts with one key on one thread exactly one is started, and none is busy': async (context) => {
    const scope = context.owner();
    const threadId = newThreadId();
    const started = await race(context, 30, ({ runs }) => runs.start(scope, sampleRun({ threadId, idempotencyKey: 'k' })));
    assert.deepEqual(outcomes(started), { started: 1, repeated: 29 });
  },
  'racing starts never exceed maxPerOwner': async (context) => {
    const scope = context.owner();
    const started = await race(context, 20, ({ runs }) => runs.start(scope, sampleRun({ maxPerOwner: 4 })));
    assert.deepEqual(outcomes(started), { started: 4, too_many: 16 });
  },
  'starts and finishes by turns never run two at once': async (context) => {
    const scope = context.owner();
    const threadId = newThreadId();
    let running = 0;
    const fences: number[] = [];
    await race(context, 8, async ({ runs }) => {
      for (let wins = 0; wins < 3; ) {
        const started = await runs.start(scope, sampleRun({ threadId }));
        if (started.outcome !== 'started') continue;
        running += 1;
        fences.push(started.run.fence);
        assert.equal(await runs.append(started.run, { events: numbered(1, 1) }), 'written');
        assert.equal(running, 1, 'one run at a time');
        wins += 1;
        running -= 1;
        assert.equal(await runs.finish(started.run, { status: 'completed' }), true);
      }
    });
    assert.deepEqual(fences, fences.toSorted((a, b) => a - b));
    assert.equal(new Set(fences).size, 24);
  },
  'either the holder finishes or another takes over, never both': async (context) => {
    const { store, owner, advance, other } = context;
    const node = await other();
    for (let round = 0; round < 10; round += 1) {
      const scope = owner();
      const run = await startRun(store, scope, { leaseMs: minute });
      await advance(2 * minute);
      const [finished, recovered] = await Promise.all([
        store.runs.finish(run, { status: 'completed' }),
        node.runs.recover({ runId: run.runId, leaseMs: minute, limit: 1 }),
      ]);
      assert.equal(finished, recovered.length === 0);
      assert.equal((await store.runs.get(scope, run))?.status, finished ? 'completed' : 'running');
    }
  },
  'either the holder renews or another takes over, never both': async (context) => {
    const { store, owner, advance, other } = context;
    const node = await other();
    for (let round = 0; round < 10; round += 1) {
      const run = await startRun(store, owner(), { leaseMs: minute });
      await advance(2 * minute);
      const [renewed, recovered] = await Promise.all([
        store.runs.renew(run, { leaseMs: 10 * minute }),
        node.runs.recover({ runId: run.runId, leaseMs: 10 * minute, limit: 1 }),
      ]);
      assert.equal(renewed, recovered.length === 0 ? 'renewed' : 'stale_run');
    }
  },
  'a cancel from another node reaches the lease while it appends': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const node = await other();
    const cancelled = node.runs.requestCancel(scope, run);
    let seq = 0;
    let told = false;
    while (!told) {
      seq += 1;
      told = (await store.runs.append(run, { events: numbered(seq, seq) })) === 'cancel_requested';
      assert.ok(seq < 10_000, 'the cancel arrives');
    }
    assert.equal(await cancelled, true);
    assert.equal((await store.runs.get(scope, run))?.lastSeq, seq);
  },
  'a cancel beside the end of the run is told truly': async (context) => {
    const { store, owner, other } = context;
    const node = await other();
    for (let round = 0; round < 10; round += 1) {
      const scope = owner();
      const run = await startRun(store, scope);
      const [, cancelled] = await Promise.all([store.runs.finish(run, { status: 'completed' }), node.runs.requestCancel(scope, run)]);
      assert.equal((await store.runs.get(scope, run))?.cancelRequested, cancelled);
    }
  },
  'followers that come at any moment see every event once and in order': async (context) => {
    const { store, owner } = context;
    const scope = owner();
    const run = await startRun(store, scope);
    const last = 120;
    const followers: Promise<void>[] = [];
    const writing = underWay((async () => {
      for (let seq = 1; seq <= last; seq += 4) await store.runs.append(run, { events: numbered(seq, seq + 3) });
      await store.runs.finish(run, { status: 'completed' });
    })());
    await race(context, 12, async ({ runs }, index) => {
      for (let joined = 0; joined < 3; joined += 1) {
        const { lastSeq } = (await runs.get(scope, run)) ?? assert.fail();
        const after = index % 3 === 0 ? 0 : lastSeq;
        followers.push(underWay(readRun(runs, scope, { runId: run.runId, after }).then((events) => assert.deepEqual(events, numbered(after + 1, last)))));
      }
    });
    await writing;
    await Promise.all(followers);
  },
  'followers beside folding get the whole run in order, each part as events or as a snapshot': async (context) => {
    const { store, owner } = context;
    const scope = owner();
    const run = await startRun(store, scope);
    const last = 100;
    const reading = underWay(race(context, 6, ({ runs }) => readRun(runs, scope, run)));
    for (let seq = 1; seq <= last; seq += 5) {
      const snapshot = seq % 25 === 1 && seq > 1 ? { seq: seq + 1, events: ['"folded"', `"up to ${seq + 1}"`] } : undefined;
      await store.runs.append(run, { events: numbered(seq, seq + 4), snapshot });
    }
    await store.runs.finish(run, { status: 'completed' });
    for (const events of await reading) {
      let position = 0;
      for (const { seq, json } of events) {
        if (seq === null) continue;
        const folded = json === `"up to ${seq}"`;
        assert.ok(folded ? seq > position : seq === position + 1, `${seq} after ${position}`);
        position = seq;
      }
      assert.equal(position, last);
    }
  },
});
