import assert from 'node:assert/strict';
import { newId } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { eventually, numbered, readRun, readSome, within } from '../reading.js';
import { startRun } from '../run-steps.js';
import { underWay } from '../under-way.js';

export const runLogCases = contractGroup('run log', {
  'a follower gets all events in order and ends with the run': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 3) });
    await store.runs.append(run, { events: numbered(4, 5) });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, run), numbered(1, 5));
  },
  'the text of an event is kept to the letter': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const texts = ['{ "b":1,\t"a" : 1.0e2 }', '{"text":"ä € 😀 \u2028 \\u0000 \\ud800 \\n"}', '[]', '""'];
    const events = texts.map((json, index) => ({ seq: index + 1, json }));
    await store.runs.append(run, { events });
    assert.deepEqual(await readSome(store.runs, scope, { runId: run.runId, count: 4 }), events);
  },
  'a follower starts after the number it names': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 5) });
    assert.deepEqual(await readSome(store.runs, scope, { runId: run.runId, after: 3, count: 2 }), numbered(4, 5));
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after: 4 }), numbered(5, 5));
    assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after: 5 }), []);
    assert.deepEqual(await readRun(store.runs, scope, { runId: run.runId, after: 99 }), []);
  },
  'a follower that came first gets events as they are written': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    for (let seq = 1; seq <= 5; seq += 1) {
      const next = readSome(store.runs, scope, { runId: run.runId, after: seq - 1, count: 1 });
      await store.runs.append(run, { events: numbered(seq, seq) });
      assert.deepEqual(await within(next, 5_000, 'an event to reach its follower'), numbered(seq, seq));
    }
  },
  'one follower sees many appends': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const all = readRun(store.runs, scope, run);
    for (let seq = 1; seq <= 60; seq += 3) await store.runs.append(run, { events: numbered(seq, seq + 2) });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await all, numbered(1, 60));
  },
  'many followers see the same': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const stores = [store, await other()];
    const followers = Array.from({ length: 10 }, (_, index) => readRun(stores[index % 2]?.runs ?? store.runs, scope, run));
    for (let seq = 1; seq <= 20; seq += 1) await store.runs.append(run, { events: numbered(seq, seq) });
    await store.runs.finish(run, { status: 'completed' });
    for (const events of await Promise.all(followers)) assert.deepEqual(events, numbered(1, 20));
  },
  'a follower on another node sees everything in order, and ends': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 10) });
    const follower = readRun((await other()).runs, scope, run);
    for (let seq = 11; seq <= 50; seq += 10) await store.runs.append(run, { events: numbered(seq, seq + 9) });
    await store.runs.finish(run, { status: 'cancelled' });
    assert.deepEqual(await within(follower, 10_000, 'the follower to end'), numbered(1, 50));
  },
  'a follower without events ends with the run': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const follower = readRun((await other()).runs, scope, run);
    await store.runs.finish(run, { status: 'error' });
    assert.deepEqual(await within(follower, 10_000, 'the follower to end'), []);
  },
  'a slow reader misses nothing': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const seen: (number | null)[] = [];
    await store.runs.append(run, { events: numbered(1, 1) });
    for await (const event of store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(20_000) })) {
      seen.push(event.seq);
      const next = seen.length * 4 - 2;
      if (next <= 38) await store.runs.append(run, { events: numbered(next, next + 3) });
      else if (next === 42) await store.runs.finish(run, { status: 'completed' });
    }
    assert.deepEqual(seen, numbered(1, 41).map((event) => event.seq));
  },
  'a thousand events in one append and an event of 300 KB arrive': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const follower = readRun((await other()).runs, scope, run);
    await store.runs.append(run, { events: numbered(1, 1_000) });
    const large = { seq: 1_001, json: JSON.stringify({ text: 'x€'.repeat(150_000) }) };
    await store.runs.append(run, { events: [large] });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await follower, [...numbered(1, 1_000), large]);
  },
  'an abort ends the follower without an error': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 2) });
    const abort = new AbortController();
    const seen: (number | null)[] = [];
    const follower = underWay((async () => {
      for await (const event of store.runs.follow(scope, { runId: run.runId, after: 0, signal: abort.signal })) seen.push(event.seq);
    })());
    await eventually(async () => seen.length === 2, 'both events arrive');
    abort.abort();
    await within(follower, 5_000, 'the follower to end');
    assert.deepEqual(seen, [1, 2]);
  },
  'a follower whose signal is aborted already gets nothing': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 2) });
    const seen: unknown[] = [];
    for await (const event of store.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.abort() })) seen.push(event);
    assert.deepEqual(seen, []);
  },
  'a follower of an unknown run ends at once': async ({ store, owner }) => {
    assert.deepEqual(await within(readRun(store.runs, owner(), { runId: newId('run') }), 5_000, 'the follower to end'), []);
  },
  'discard ends the followers': async ({ store, owner, other }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 1) });
    const seen: (number | null)[] = [];
    const node = await other();
    const follower = underWay((async () => {
      for await (const event of node.runs.follow(scope, { runId: run.runId, after: 0, signal: AbortSignal.timeout(20_000) })) seen.push(event.seq);
    })());
    await eventually(async () => seen.length === 1, 'the event arrives');
    await store.runs.discard(run);
    await within(follower, 10_000, 'the follower to end');
  },
  'deleting the thread ends the followers': async ({ store, owner }) => {
    const scope = owner();
    const run = await startRun(store, scope);
    const follower = readRun(store.runs, scope, run);
    await store.runs.deleteThread(scope, run);
    assert.deepEqual(await within(follower, 10_000, 'the follower to end'), []);
  },
  'two runs do not mix': async ({ store, owner }) => {
    const scope = owner();
    const [first, second] = [await startRun(store, scope), await startRun(store, scope)];
    await store.runs.append(first, { events: [{ seq: 1, json: '"first"' }] });
    await store.runs.append(second, { events: [{ seq: 1, json: '"second"' }] });
    await store.runs.finish(first, { status: 'completed' });
    assert.deepEqual(await readRun(store.runs, scope, first), [{ seq: 1, json: '"first"' }]);
    assert.deepEqual(await readSome(store.runs, scope, { runId: second.runId, count: 1 }), [{ seq: 1, json: '"second"' }]);
  },
});
