import type { LocalRun } from '../runs/local-run.js';
import { recoverRuns } from '../runs/recover-runs.js';
import { assertOwnerId } from '../session/assert-owner-id.js';
import type { SessionManager } from '../session/session-manager.js';
import type { OwnerScope, StorePart } from '../store/index.js';
import type { Engine } from './engine.js';
import type { ChatKitServer } from './options.js';
import type { AttachmentOf } from './uploads.js';

const DEFAULT_GRACE_MS = 10_000;
/** How long runs that were stopped may take to store their text. */
const STOP_MS = 5_000;
/** Timers that should wait longer don't wait at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
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

  const ownRuns = ({ ownerId }: OwnerScope): LocalRun[] => hub.localRuns.filter((run) => run.ownerId === ownerId);

  const close = async (graceMs: number): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    hub.close();
    if (!(await settled(engine.background, graceMs))) {
      hub.stop();
      // What ignores even this (a hook that never returns) does not keep the process.
      await settled(engine.background, STOP_MS);
    }
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
      }, Math.min(everyMs, LONGEST_TIMER_MS));
      (timer as { unref?: () => void }).unref?.();
      timers.add(timer);
      return () => {
        clearInterval(timer);
        timers.delete(timer);
      };
    },
    close: ({ graceMs = DEFAULT_GRACE_MS } = {}) => (closing ??= close(graceMs)),
    deleteOwner: async (who: OwnerScope) => {
      assertOwnerId(who.ownerId, 'deleteOwner');
      // Runs that are going would write again: they are ended first, then everything goes. One that began meanwhile: once more.
      do {
        await Promise.all(ownRuns(who).map(async (run) => {
          run.abort('cancelled');
          await run.whenEnded;
        }));
        await store.sessions.deleteOwner(who);
        await store.runs.deleteOwner(who);
        await store.threads.deleteOwner(who);
        await store.history.deleteOwner(who);
      } while (ownRuns(who).length > 0);
      await engine.uploads?.deleteOwner?.(who);
    },
  };
}

/** The bytes went first: a record that is left by a failure in between only names bytes that are gone. */
async function removeOrphans({ uploads, store }: Engine, limit: number): Promise<number> {
  const isUsed = async ({ attachmentId, scope }: AttachmentOf): Promise<boolean> => {
    const [attachment] = await store.threads.getAttachments(scope, [attachmentId]);
    return attachment?.thread_id !== undefined;
  };
  const removed = (await uploads?.removeOrphans?.({ limit, isUsed })) ?? [];
  for (const { attachmentId, scope } of removed) await store.threads.deleteAttachment(scope, { attachmentId });
  return removed.length;
}

/** Whether all work, and what it leads to, ended within this time. */
async function settled(work: ReadonlySet<Promise<unknown>>, withinMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, Math.min(withinMs, LONGEST_TIMER_MS), 'late')));
  try {
    while (work.size > 0) if ((await Promise.race([Promise.allSettled(work), late])) === 'late') return false;
    return true;
  } finally {
    clearTimeout(timer);
  }
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
