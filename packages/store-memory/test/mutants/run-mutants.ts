import type { OwnerScope, RecoveredRun } from '@chatkit-selfhost/core';
import { mutants, tick } from './mutant.js';

const forever = 365 * 24 * 60 * 60_000;

export const runMutants = mutants({
  'runs: a busy thread is started again': ({ runs }) => ({
    runs: {
      start: async (scope, run) => {
        const started = await runs.start(scope, run);
        return started.outcome === 'busy' ? runs.start(scope, { ...run, threadId: `${run.threadId}-2` }) : started;
      },
    },
  }),
  'runs: the check and the start are two steps': ({ runs }) => ({
    runs: {
      start: async (scope, run) => {
        const active = await runs.getActive(scope, run);
        await tick();
        const started = await runs.start(scope, run);
        return started.outcome === 'busy' && !active ? { outcome: 'started', run: started.run } : started;
      },
    },
  }),
  'runs: the idempotency key is ignored': ({ runs }) => ({ runs: { start: (scope, run) => runs.start(scope, { ...run, idempotencyKey: undefined }) } }),
  'runs: a repeat on a busy thread is busy': ({ runs }) => ({
    runs: {
      start: async (scope, run) => {
        const active = await runs.getActive(scope, run);
        return active ? { outcome: 'busy', run: active } : runs.start(scope, run);
      },
    },
  }),
  'runs: idempotency keys are shared by all owners': ({ runs }) => {
    const first = new Map<string, OwnerScope>();
    return {
      runs: {
        start: async (scope, run) => {
          const key = run.idempotencyKey ?? run.runId;
          if (!first.has(key)) first.set(key, scope);
          return runs.start(first.get(key) ?? scope, run);
        },
      },
    };
  },
  'runs: an ended run frees its idempotency key': ({ runs }) => ({
    runs: {
      start: async (scope, run) => {
        const started = await runs.start(scope, run);
        const ended = started.outcome === 'repeated' && started.run.status !== 'running';
        return ended ? runs.start(scope, { ...run, idempotencyKey: undefined }) : started;
      },
    },
  }),
  'runs: maxPerOwner is ignored': ({ runs }) => ({ runs: { start: (scope, run) => runs.start(scope, { ...run, maxPerOwner: undefined }) } }),
  'runs: maxPerOwner is one too many': ({ runs }) => ({
    runs: { start: (scope, run) => runs.start(scope, { ...run, maxPerOwner: run.maxPerOwner === undefined ? undefined : run.maxPerOwner + 1 }) },
  }),
  'runs: the fence counts from one': ({ runs }) => ({
    runs: {
      start: async (scope, run) => {
        const started = await runs.start(scope, run);
        return started.outcome === 'started' ? { ...started, run: { ...started.run, fence: 1 } } : started;
      },
    },
  }),
  'runs: a second finish is false': ({ runs }) => {
    const ended = new Set<string>();
    return {
      runs: {
        finish: async (lease, end) => {
          if (ended.has(lease.runId)) return false;
          ended.add(lease.runId);
          return runs.finish(lease, end);
        },
      },
    };
  },
  'runs: finish does not free the thread': ({ runs }) => {
    const held = new Map<string, string>();
    return {
      runs: {
        finish: (lease, end) => (held.set(lease.threadId, lease.runId), runs.finish(lease, end)),
        start: async (scope, run) => {
          const holder = await runs.get(scope, { runId: held.get(run.threadId) ?? '' });
          return holder ? { outcome: 'busy', run: holder } : runs.start(scope, run);
        },
      },
    };
  },
  'runs: the outcome is always completed': ({ runs }) => ({ runs: { finish: (lease) => runs.finish(lease, { status: 'completed' }) } }),
  'runs: a lost lease finishes': ({ runs }) => ({ runs: { finish: async (lease, end) => (await runs.finish(lease, end)) || true } }),
  'runs: a lost lease appends': ({ runs }) => ({
    runs: {
      append: async (lease, change) => {
        const result = await runs.append(lease, change);
        return result === 'stale_run' ? 'written' : result;
      },
    },
  }),
  'runs: a lost lease renews': ({ runs }) => ({
    runs: {
      renew: async (lease, options) => {
        const result = await runs.renew(lease, options);
        return result === 'stale_run' ? 'renewed' : result;
      },
    },
  }),
  'runs: a lost lease discards': ({ runs }) => ({ runs: { discard: async (lease) => (await runs.discard(lease)) || true } }),
  'runs: discard keeps the run as ended': ({ runs }) => ({ runs: { discard: (lease) => runs.finish(lease, { status: 'cancelled' }) } }),
  'runs: leases never expire': ({ runs }) => ({ runs: { start: (scope, run) => runs.start(scope, { ...run, leaseMs: forever }) } }),
  'runs: renew does nothing': ({ runs }) => ({
    runs: {
      renew: async (lease) => {
        const result = await runs.append(lease, { events: [] });
        return result === 'written' ? 'renewed' : result;
      },
    },
  }),
  'runs: a cancel is not told to append': ({ runs }) => ({
    runs: {
      append: async (lease, change) => {
        const result = await runs.append(lease, change);
        return result === 'cancel_requested' ? 'written' : result;
      },
    },
  }),
  'runs: a cancel drops the events': ({ runs }) => ({
    runs: {
      append: async (lease, change) => {
        const result = await runs.append(lease, { events: [] });
        return result === 'written' ? runs.append(lease, change) : result;
      },
    },
  }),
  'runs: an ended run can be cancelled': ({ runs }) => ({ runs: { requestCancel: async (scope, query) => (await runs.get(scope, query)) !== null } }),
  'runs: a foreign cancel is told as true': ({ runs }) => {
    const known = new Set<string>();
    return {
      runs: {
        start: (scope, run) => (known.add(run.runId), runs.start(scope, run)),
        requestCancel: async (scope, query) => (await runs.requestCancel(scope, query)) || known.has(query.runId),
      },
    };
  },
  'runs: get has no owner check': ({ runs }) => {
    const owners = new Map<string, OwnerScope>();
    return {
      runs: {
        start: (scope, run) => (owners.set(run.runId, scope), runs.start(scope, run)),
        get: (scope, query) => runs.get(owners.get(query.runId) ?? scope, query),
      },
    };
  },
  'runs: a thread that another owner runs is busy': ({ runs }) => {
    const holders = new Map<string, OwnerScope>();
    return {
      runs: {
        start: async (scope, run) => {
          const active = await runs.getActive(holders.get(run.threadId) ?? scope, run);
          if (active) return { outcome: 'busy', run: active };
          holders.set(run.threadId, scope);
          return runs.start(scope, run);
        },
      },
    };
  },
  'recovery: a run is taken over twice': ({ runs }) => {
    const taken = new Map<string, RecoveredRun>();
    return {
      runs: {
        recover: async (options) => {
          const recovered = await runs.recover(options);
          for (const entry of recovered) taken.set(entry.run.runId, entry);
          const again = taken.get(options.runId ?? '');
          return recovered.length === 0 && again ? [again] : recovered;
        },
      },
    };
  },
  'recovery: the limit is ignored': ({ runs }) => ({ runs: { recover: (options) => runs.recover({ ...options, limit: 1_000 }) } }),
  'recovery: the run asked for is ignored': ({ runs }) => ({ runs: { recover: (options) => runs.recover({ ...options, runId: undefined }) } }),
  'recovery: the old fence is kept': ({ runs }) => {
    const fences = new Map<string, number>();
    return {
      runs: {
        start: async (scope, run) => {
          const started = await runs.start(scope, run);
          if (started.outcome === 'started') fences.set(run.runId, started.run.fence);
          return started;
        },
        recover: async (options) =>
          (await runs.recover(options)).map((entry) => ({ ...entry, run: { ...entry.run, fence: fences.get(entry.run.runId) ?? 0 } })),
      },
    };
  },
  'recovery: the scope is the owner alone': ({ runs }) => ({
    runs: { recover: async (options) => (await runs.recover(options)).map((entry) => ({ ...entry, scope: { ownerId: entry.scope.ownerId } })) },
  }),
  'recovery: the new lease does not expire': ({ runs }) => ({ runs: { recover: (options) => runs.recover({ ...options, leaseMs: forever }) } }),
  'pruning: lately ended runs go too': ({ runs }) => ({ runs: { prune: ({ limit }) => runs.prune({ limit, olderThanMs: 0 }) } }),
  'pruning: the limit is ignored': ({ runs }) => ({ runs: { prune: ({ olderThanMs }) => runs.prune({ olderThanMs, limit: 1_000 }) } }),
  'pruning: nothing goes': () => ({ runs: { prune: async () => 0 } }),
  'runs: deleteOwner leaves everything': () => ({ runs: { deleteOwner: async () => undefined } }),
  'runs: deleteThread leaves everything': () => ({ runs: { deleteThread: async () => undefined } }),
  'runs: deleteThread takes all of the owner': ({ runs }) => ({ runs: { deleteThread: (scope) => runs.deleteOwner(scope) } }),
});
