import assert from 'node:assert/strict';
import { ChatKitError } from '../../../errors/chatkit-error.js';
import type { RunEvent, Store } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { eventually, numbered, readItems, readRun, within } from '../reading.js';
import { startRun } from '../run-steps.js';
import { sampleItem, sampleItems, sampleRun, sampleSession, textsOf, writeThread } from '../samples.js';
import { underWay } from '../under-way.js';

/** What the store may answer while its server is out of reach. */
const unavailable = (error: unknown): boolean => ChatKitError.isInstance(error) && error.code === 'store_unavailable';

/** The result, or `lost` when the server was out of reach. Anything else is a failure of the case. */
async function attempt<T>(operation: Promise<T>): Promise<T | 'lost'> {
  try {
    return await within(operation, 20_000, 'an operation without a server');
  } catch (error) {
    assert.ok(unavailable(error), `not a StoreUnavailableError: ${String(error)}`);
    return 'lost';
  }
}

async function works(store: Store): Promise<boolean> {
  return (await attempt(store.sessions.get(sampleSession()))) === null && (await attempt(store.runs.get({ ownerId: 'nobody' }, { runId: 'none' }))) === null;
}

export const failureCases = contractGroup('failure', {
  'check resolves while the backend answers': async ({ store }) => {
    for (const part of [store.threads, store.history, store.sessions, store.runs]) await part.check?.();
    assert.equal(await works(store), true);
  },
  'setup may run again, and on many nodes at once': async ({ store, owner, other }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 2);
    const node = await other();
    await Promise.all([store, node].flatMap(({ threads, history, sessions, runs }) => [threads, history, sessions, runs].map(async (part) => part.setup?.())));
    assert.deepEqual(textsOf(await readItems(node, scope, threadId)), ['0', '1']);
  },
  'a part works after it was spread into another object': async ({ store, owner }) => {
    const copy: Store = { threads: { ...store.threads }, history: { ...store.history }, sessions: { ...store.sessions }, runs: { ...store.runs } };
    const scope = owner();
    const threadId = await writeThread(copy, scope, 1);
    assert.deepEqual(textsOf(await readItems(copy, scope, threadId)), ['0']);
    const { start, finish } = copy.runs;
    const started = await start(scope, sampleRun());
    assert.ok(started.outcome === 'started' && (await finish(started.run, { status: 'completed' })));
  },
  'what one node wrote, another reads': { needs: ['second'], run: async ({ store, owner, other }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope, 3);
    const session = sampleSession();
    await store.sessions.create(session);
    const run = await startRun(store, scope, { threadId });
    await store.runs.append(run, { events: numbered(1, 3) });
    const node = await other();
    assert.notEqual(node, store);
    assert.deepEqual(textsOf(await readItems(node, scope, threadId)), ['0', '1', '2']);
    assert.equal((await node.sessions.get(session))?.id, session.id);
    assert.equal((await node.runs.getActive(scope, { threadId }))?.lastSeq, 3);
  } },
  'the log of a durable run is read by a node that came later': { needs: ['durable', 'second'], run: async ({ store, owner, other }) => {
    assert.equal(store.runs.durable, true);
    const scope = owner();
    const run = await startRun(store, scope);
    await store.runs.append(run, { events: numbered(1, 5) });
    await store.runs.finish(run, { status: 'completed' });
    assert.deepEqual(await readRun((await other()).runs, scope, run), numbered(1, 5));
  } },
  'a write cut off in the middle is there as a whole or not at all': { needs: ['breakConnections'], run: async ({ store, owner, breakConnections }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    const acknowledged: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const writes = Array.from({ length: 6 }, async (_, index) => {
        const put = Array.from({ length: 50 }, (_entry, part) => sampleItem(threadId, `${round}/${index}/${part}`));
        const result = await attempt(store.threads.write(scope, { threadId, put }));
        if (result !== 'lost') acknowledged.push(...textsOf(put));
      });
      await breakConnections();
      await Promise.all(writes);
    }
    await eventually(() => works(store), 'the store works again');
    const stored = textsOf(await readItems(store, scope, threadId));
    const present = new Set(stored);
    assert.equal(present.size, stored.length);
    assert.deepEqual(acknowledged.filter((text) => !present.has(text)), [], 'what was acknowledged is there');
    assert.equal(stored.length % 50, 0, 'no write is there in part');
  } },
  'after all connections broke the store works by itself': { needs: ['breakConnections'], run: async ({ store, owner, breakConnections }) => {
    const scope = owner();
    const threadId = await writeThread(store, scope);
    for (let round = 0; round < 3; round += 1) {
      await breakConnections();
      await eventually(() => works(store), 'the store works again');
      const before = (await readItems(store, scope, threadId)).length;
      assert.equal(await store.threads.write(scope, { threadId, put: sampleItems(threadId, 2) }), 'written');
      assert.equal((await readItems(store, scope, threadId)).length, before + 2);
    }
  } },
  'a reader that resumes after its last number misses nothing when connections break': { needs: ['breakConnections'], run: async (context) => {
    const { store, owner, breakConnections } = context;
    const scope = owner();
    const run = await startRun(store, scope);
    const seen: RunEvent[] = [];
    const reading = underWay((async () => {
      for (let attempts = 0; attempts < 200; attempts += 1) {
        const ended = await attempt((async () => {
          const signal = AbortSignal.timeout(15_000);
          for await (const event of store.runs.follow(scope, { runId: run.runId, after: seen.at(-1)?.seq ?? 0, signal })) seen.push(event);
          return 'ended' as const;
        })());
        if (ended === 'ended' && seen.length >= 40) return;
      }
    })());
    for (let seq = 1; seq <= 40; seq += 1) {
      if (seq % 10 === 5) await breakConnections();
      await eventually(async () => {
        const { lastSeq } = (await attempt(store.runs.get(scope, run)).then((found) => (found === 'lost' ? null : found))) ?? { lastSeq: -1 };
        if (lastSeq === seq - 1) await attempt(store.runs.append(run, { events: numbered(seq, seq) }));
        return lastSeq >= seq;
      }, `event ${seq} is written`);
    }
    await eventually(async () => (await attempt(store.runs.finish(run, { status: 'completed' }))) === true, 'the run is finished');
    await within(reading, 20_000, 'the reader to end');
    assert.deepEqual(seen, numbered(1, 40));
  } },
  'without a server everything fails as unavailable, nothing hangs, and all is there when it is back': { needs: ['outage'], run: async (context) => {
    const { store, owner, outage } = context;
    const scope = owner();
    const threadId = await writeThread(store, scope, 3);
    const session = sampleSession();
    await store.sessions.create(session);
    const end = await outage();
    try {
      const operations: (() => Promise<unknown>)[] = [
        () => store.threads.get(scope, { threadId }), () => store.threads.list(scope, {}), () => store.threads.listItems(scope, { threadId }),
        () => store.threads.write(scope, { threadId, put: [sampleItem(threadId)] }), () => store.threads.delete(scope, { threadId }),
        () => store.history.query(scope, {}), () => store.sessions.get(session), () => store.sessions.create(sampleSession()),
        () => store.sessions.touch({ tokenHash: session.tokenHash, idleMs: 60_000 }), () => store.runs.start(scope, sampleRun()),
        () => store.runs.getActive(scope, { threadId }), () => store.runs.recover({ leaseMs: 60_000, limit: 1 }),
      ];
      const results = await Promise.all(operations.map((operation) => attempt(operation())));
      assert.deepEqual(results, operations.map(() => 'lost'));
    } finally {
      await end();
    }
    await eventually(() => works(store), 'the store works again');
    assert.deepEqual(textsOf(await readItems(store, scope, threadId)), ['0', '1', '2']);
  } },
  'a check without a server throws': { needs: ['outage'], run: async ({ store, outage }) => {
    const checks = [store.threads, store.history, store.sessions, store.runs].flatMap((part) => part.check ?? []);
    assert.ok(checks.length > 0, 'a store with a server can be checked');
    const end = await outage();
    try {
      for (const check of checks) await assert.rejects(within(check(), 20_000, 'a check without a server'));
    } finally {
      await end();
    }
    await eventually(() => works(store), 'the store works again');
  } },
});
