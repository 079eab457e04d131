import { recoverRuns } from '../runs/recover-runs.js';
import type { SessionManager } from '../session/session-manager.js';
import type { OwnerScope, StorePart } from '../store/index.js';
import type { Engine } from './engine.js';
import type { ChatKitServer } from './options.js';

const DEFAULT_GRACE_MS = 10_000;
/** How long the log of an ended run can still be asked for. */
const RUN_RETENTION_MS = 10 * 60_000;
const BATCH = 500;

/** Start, upkeep and end of a server. */
export function createLifecycle(engine: Engine, sessions: SessionManager): Pick<ChatKitServer, 'ready' | 'close' | 'cleanup' | 'startCleanup' | 'deleteOwner'> {
  const { store, hub } = engine;
  const parts: StorePart[] = [store.threads, store.sessions, store.history, store.runs];
  let setup: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  const timers = new Set<ReturnType<typeof setInterval>>();

  const ready = (): Promise<void> =>
    (setup ??= setUp(parts).catch((error: unknown) => {
      // The next request tries again: a database may just be starting.
      setup = null;
      throw error;
    }));

  const cleanup = async (): Promise<{ sessions: number; runs: number; recovered: number; uploads: number }> => {
    await ready();
    return {
      sessions: await sessions.cleanupExpired(),
      runs: await inBatches((limit) => store.runs.prune({ olderThanMs: RUN_RETENTION_MS, limit })),
      recovered: await inBatches((limit) => recoverRuns({ store, leaseMs: hub.leaseMs, limit, onRecovered: engine.turnEnd })),
      uploads: await inBatches((limit) => removeOrphans(engine, limit)),
    };
  };

  const close = async (graceMs: number): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    const deadline = setTimeout(() => hub.localRuns.forEach((run) => run.abort('cancelled')), graceMs);
    while (engine.background.size > 0) await Promise.allSettled(engine.background);
    clearTimeout(deadline);
    await Promise.allSettled([...new Set(parts.map((part) => part.close))].map(async (end) => end?.()));
  };

  return {
    ready,
    cleanup,
    startCleanup: ({ everyMs }) => {
      let running = false;
      const timer = setInterval(() => {
        if (running) return;
        running = true;
        cleanup()
          .catch((error: unknown) => engine.logger.warn('chatkit: clean-up failed, it is tried again', { error: error instanceof Error ? error.name : typeof error }))
          .finally(() => (running = false));
      }, everyMs);
      (timer as { unref?: () => void }).unref?.();
      timers.add(timer);
      return () => {
        clearInterval(timer);
        timers.delete(timer);
      };
    },
    close: ({ graceMs = DEFAULT_GRACE_MS } = {}) => (closing ??= close(graceMs)),
    deleteOwner: async (who: OwnerScope) => {
      // Runs that are going would write again: they are ended first, then everything goes.
      await Promise.all(hub.localRuns.filter((run) => run.ownerId === who.ownerId).map(async (run) => {
        run.abort('cancelled');
        await run.whenEnded;
      }));
      await store.sessions.deleteOwner(who);
      await store.runs.deleteOwner(who);
      await store.threads.deleteOwner(who);
      await store.history.deleteOwner(who);
      await engine.uploads?.deleteOwner?.(who);
    },
  };
}

/** The bytes went first: a record that is left by a failure in between only names bytes that are gone. */
async function removeOrphans({ uploads, store }: Engine, limit: number): Promise<number> {
  const removed = (await uploads?.removeOrphans?.({ limit })) ?? [];
  for (const { attachmentId, scope } of removed) await store.threads.deleteAttachment(scope, { attachmentId });
  return removed.length;
}

/** Parts of one backend have one set-up each; a store that shares it between its parts gives the same function. */
async function setUp(parts: StorePart[]): Promise<void> {
  for (const start of new Set(parts.map((part) => part.setup))) await start?.();
}

async function inBatches(step: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await step(BATCH);
    total += done;
    if (done < BATCH) return total;
  }
}
