import type { OwnerScope, RunAppend, RunEvent, RunStore } from '@chatkit-selfhost/core';
import { mutants, tick } from './mutant.js';

type Follow = RunStore['follow'];

function mapEvents(follow: Follow, change: (event: RunEvent) => RunEvent[]): Follow {
  return async function* (scope, query) {
    for await (const event of follow(scope, query)) yield* change(event);
  };
}

export const logMutants = mutants({
  'log: an event is lost': ({ runs }) => ({ runs: { follow: mapEvents(runs.follow, (event) => (event.seq === 17 ? [] : [event])) } }),
  'log: an event comes twice': ({ runs }) => ({ runs: { follow: mapEvents(runs.follow, (event) => (event.seq === 17 ? [event, event] : [event])) } }),
  'log: the number named is included': ({ runs }) => ({ runs: { follow: (scope, query) => runs.follow(scope, { ...query, after: Math.max(query.after - 1, 0) }) } }),
  'log: a follower always starts at the beginning': ({ runs }) => ({ runs: { follow: (scope, query) => runs.follow(scope, { ...query, after: 0 }) } }),
  'log: a batch is stored backwards': ({ runs }) => ({
    runs: {
      append: (lease, change) => {
        const texts = change.events.map((event) => event.json).toReversed();
        return runs.append(lease, { ...change, events: change.events.map((event, index) => ({ ...event, json: texts[index] ?? '' })) });
      },
    },
  }),
  'log: only what is there is given, nothing live': ({ runs }) => ({
    runs: {
      follow: async function* (scope, query) {
        const last = (await runs.get(scope, query))?.lastSeq ?? 0;
        for await (const event of last > query.after ? runs.follow(scope, query) : []) {
          yield event;
          if (event.seq === last) return;
        }
      },
    },
  }),
  'log: a live follower gets what comes, not what was': ({ runs }) => ({
    runs: {
      follow: async function* (scope, query) {
        const run = await runs.get(scope, query);
        yield* runs.follow(scope, { ...query, after: run?.status === 'running' ? Math.max(run.lastSeq, query.after) : query.after });
      },
    },
  }),
  'log: the last event before the end is lost': ({ runs }) => ({
    runs: {
      follow: async function* (scope, query) {
        let held: RunEvent | undefined;
        for await (const event of runs.follow(scope, query)) {
          if (held && event.seq !== 41) yield held;
          held = event;
          if ((await runs.get(scope, query))?.status === 'running') {
            yield event;
            held = undefined;
          }
        }
      },
    },
  }),
  'log: an abort is thrown': ({ runs }) => ({
    runs: {
      follow: async function* (scope, query) {
        yield* runs.follow(scope, query);
        query.signal.throwIfAborted();
      },
    },
  }),
  'log: an aborted follower gets what is there': ({ runs }) => ({
    runs: {
      follow: async function* (scope, query) {
        const late = new AbortController();
        const forward = (): void => late.abort();
        if (query.signal.aborted) void tick().then(forward);
        else query.signal.addEventListener('abort', forward);
        yield* runs.follow(scope, { ...query, signal: late.signal });
      },
    },
  }),
  'log: everyone may follow': ({ runs }) => {
    const owners = new Map<string, OwnerScope>();
    return {
      runs: {
        start: (scope, run) => (owners.set(run.runId, scope), runs.start(scope, run)),
        follow: (scope, query) => runs.follow(owners.get(query.runId) ?? scope, query),
      },
    };
  },
  'log: the text is parsed and written again': ({ runs }) => ({
    runs: { follow: mapEvents(runs.follow, (event) => [{ ...event, json: JSON.stringify(JSON.parse(event.json)) }]) },
  }),
  'log: the snapshot is dropped': ({ runs }) => ({ runs: { append: (lease, change) => runs.append(lease, { events: change.events }) } }),
  'log: the first snapshot stays': ({ runs }) => {
    const folded = new Set<string>();
    return {
      runs: {
        append: (lease, change) => {
          const repeated = change.snapshot && folded.has(lease.runId);
          if (change.snapshot) folded.add(lease.runId);
          return runs.append(lease, repeated ? { events: change.events } : change);
        },
      },
    };
  },
  'log: a snapshot folds one event too many': ({ runs }) => ({
    runs: {
      append: (lease, { events, snapshot }: RunAppend) =>
        runs.append(lease, { events, snapshot: snapshot && { ...snapshot, seq: Math.min(snapshot.seq + 1, events.at(-1)?.seq ?? snapshot.seq) } }),
    },
  }),
  'log: the events of a snapshot have no number': ({ runs }) => {
    const folded = new Map<string, number>();
    return {
      runs: {
        append: (lease, change) => {
          if (change.snapshot) folded.set(lease.runId, change.snapshot.seq);
          return runs.append(lease, change);
        },
        follow: (scope, query) => mapEvents(runs.follow, (event) => [event.seq === folded.get(query.runId) ? { ...event, seq: null } : event])(scope, query),
      },
    };
  },
  'log: a lost lease can fold': ({ runs }) => ({
    runs: {
      append: async (lease, change) => {
        const result = await runs.append(lease, change);
        if (result !== 'stale_run' || !change.snapshot) return result;
        const [recovered] = await runs.recover({ runId: lease.runId, leaseMs: 1, limit: 1 });
        return recovered ? result : 'written';
      },
    },
  }),
  'approvals: a second claim gets it too': ({ runs }) => {
    const claimed = new Map<string, Awaited<ReturnType<RunStore['claimApproval']>>>();
    return {
      runs: {
        claimApproval: async (scope, query) => {
          const key = `${scope.ownerId} ${query.id}`;
          const approval = (await runs.claimApproval(scope, query)) ?? claimed.get(key) ?? null;
          claimed.set(key, approval);
          return approval;
        },
      },
    };
  },
  'approvals: everyone may claim': ({ runs }) => {
    const owners = new Map<string, OwnerScope>();
    return {
      runs: {
        saveApproval: (scope, approval) => (owners.set(approval.id, scope), runs.saveApproval(scope, approval)),
        claimApproval: (scope, query) => runs.claimApproval(owners.get(query.id) ?? scope, query),
      },
    };
  },
  'approvals: the read and the deletion are two steps': ({ runs }) => {
    const saved = new Map<string, { threadId: string; state: string }>();
    return {
      runs: {
        saveApproval: async (scope, { id, threadId, state }) => {
          saved.set(`${scope.ownerId} ${id}`, { threadId, state });
        },
        claimApproval: async (scope, { id }) => {
          const approval = saved.get(`${scope.ownerId} ${id}`);
          await tick();
          saved.delete(`${scope.ownerId} ${id}`);
          return approval ?? null;
        },
        deleteThread: async (scope, query) => {
          for (const [key, approval] of saved) if (key.startsWith(scope.ownerId) && approval.threadId === query.threadId) saved.delete(key);
          await runs.deleteThread(scope, query);
        },
      },
    };
  },
  'approvals: they go with the end of the run': ({ runs }) => {
    const byThread = new Map<string, { scope: OwnerScope; id: string }>();
    return {
      runs: {
        saveApproval: (scope, approval) => (byThread.set(approval.threadId, { scope, id: approval.id }), runs.saveApproval(scope, approval)),
        finish: async (lease, end) => {
          const approval = byThread.get(lease.threadId);
          if (approval) await runs.claimApproval(approval.scope, approval);
          return runs.finish(lease, end);
        },
      },
    };
  },
});
