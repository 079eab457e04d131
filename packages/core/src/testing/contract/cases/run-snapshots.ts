import assert from 'node:assert/strict';
import { contractGroup } from '../contract-case.js';
import { eventually, numbered, readRun, readSome } from '../reading.js';
import { startRun } from '../run-steps.js';
import { underWay } from '../under-way.js';

/** How a reader gets a snapshot: the number stands only on its last event. */
function folded(seq: number, ...texts: string[]): { seq: number | null; json: string }[] {
  return texts.map((json, index) => ({ seq: index === texts.length - 1 ? seq : null, json }));
}

export const runSnapshotCases = contractGroup('run snapshots', {
  'a late reader gets the snapshot first, then what came later': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 4) });
    await store.runs.append(run, { events: numbered(5, 6), snapshot: { seq: 6, events: ['"a"', '"b"', '"c"'] } });
    await store.runs.append(run, { events: numbered(7, 8) });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, run), [...folded(6, '"a"', '"b"', '"c"'), ...numbered(7, 8)]);
  },
  'a snapshot of one event carries the number': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 3), snapshot: { seq: 3, events: ['"all"'] } });
    assert.deepEqual(await readSome(store.runs, scope, { runId: run.runId, count: 1 }), [{ seq: 3, json: '"all"' }]);
  },
  'a snapshot may end in the middle of the events given with it': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 2) });
    await store.runs.append(run, { events: numbered(3, 6), snapshot: { seq: 4, events: ['"x"', '"y"'] } });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, run), [...folded(4, '"x"', '"y"'), ...numbered(5, 6)]);
  },
  'a snapshot may come without events': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 5) });
    assert.equal(await store.runs.append(run, { events: [], snapshot: { seq: 3, events: ['"x"'] } }), 'written');
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, run), [...folded(3, '"x"'), ...numbered(4, 5)]);
  },
  'a reader that resumes behind the snapshot gets the later events alone': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 8), snapshot: { seq: 4, events: ['"x"', '"y"'] } });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after: 4 }), numbered(5, 8));
    assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after: 6 }), numbered(7, 8));
  },
  'a reader that resumes within what was folded gets the snapshot': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 8), snapshot: { seq: 4, events: ['"x"', '"y"'] } });
    await store.runs.finish(run, { status: 'completed' });
    for (const after of [1, 3]) {
      assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after }), [...folded(4, '"x"', '"y"'), ...numbered(5, 8)]);
    }
  },
  'a newer snapshot replaces the older one': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 4), snapshot: { seq: 4, events: ['"old"', '"old too"'] } });
    await store.runs.append(run, { events: numbered(5, 8), snapshot: { seq: 7, events: ['"new"'] } });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, run), [...folded(7, '"new"'), ...numbered(8, 8)]);
  },
  'a snapshot changes neither the count of events nor the next number': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 5), snapshot: { seq: 5, events: ['"x"'] } });
    assert.equal((await store.runs.get(scope, run))?.lastSeq, 5);
    assert.equal(await store.runs.append(run, { events: numbered(6, 6) }), 'written');
    assert.equal((await store.runs.get(scope, run))?.lastSeq, 6);
  },
  'a follower that has read everything gets no snapshot': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const node = await other();
    const seen: (number | null)[] = [];
    const follower = underWay((async () => {
      for await (const event of node.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(20_000) })) seen.push(event.seq);
    })());
    await store.runs.append(run, { events: numbered(1, 3) });
    await eventually(async () => seen.length === 3, 'three events arrive');
    await store.runs.append(run, { events: [], snapshot: { seq: 3, events: ['"x"', '"y"'] } });
    await store.runs.append(run, { events: numbered(4, 4) });
    await store.runs.finish(run, { status: 'completed' });
    await follower;
    assert.deepEqual(seen, [1, 2, 3, 4]);
  },
  'the text of a snapshot is kept to the letter': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const events = ['{ "spaced" : 1.0 }', '{"text":"😀 \\u0000"}'];
    await store.runs.append(run, { events: numbered(1, 2), snapshot: { seq: 2, events } });
    const read = await readSome(store.runs, scope, { runId: run.runId, count: 2 });
    assert.deepEqual(read.map((event) => event.json), events);
  },
});
