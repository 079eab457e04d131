import type { RunStore } from '@chatkit-selfhost/core';
import { runKeys, runShardKeys, type RunContext } from './run-context.js';
import { deleteRun, listRuns } from './run-scripts.js';
import { endedRuns, leaveRun } from './shard-scripts.js';

/** Runs deleted together. */
const BATCH = 50;

/** Deletes all runs of an owner, or of one of the owner's threads; running ones lose their lease. */
export async function deleteRuns(context: RunContext, ownerId: string, threadId?: string): Promise<void> {
  const members = (await context.connection.run(listRuns, [context.keys.owner(ownerId).runs])) as string[];
  const runs = members.map((member) => JSON.parse(member) as [threadId: string, runId: string]);
  const chosen = runs.filter((run) => threadId === undefined || run[0] === threadId).map((run) => run[1]);
  for (let start = 0; start < chosen.length; start += BATCH) {
    await Promise.all(chosen.slice(start, start + BATCH).map((runId) => deleteOne(context, ownerId, runId, { force: true })));
  }
}

/** Deletes runs that ended long ago; those the server has let expire meanwhile only leave the list. */
export async function pruneRuns(context: RunContext, { olderThanMs, limit }: Parameters<RunStore['prune']>[0]): Promise<number> {
  const { connection, keys, routes } = context;
  let pruned = 0;
  for (const shard of keys.shards) {
    while (pruned < limit) {
      const due = (await connection.run(endedRuns, [shard.ended], [olderThanMs, Math.min(BATCH, limit - pruned)])) as string[];
      if (due.length === 0) break;
      const deleted = await Promise.all(due.map(async (runId) => {
        const ownerId = await routes.find(runId);
        if (ownerId !== null) return deleteOne(context, ownerId, runId, { force: false });
        await connection.run(leaveRun, runShardKeys(keys, runId), [runId]);
        return false;
      }));
      pruned += deleted.filter(Boolean).length;
    }
  }
  return pruned;
}

/** False: somebody else has deleted it, or it expired. */
async function deleteOne(context: RunContext, ownerId: string, runId: string, { force }: { force: boolean }): Promise<boolean> {
  const { connection, keys, routes } = context;
  const deleted = await connection.run(deleteRun, runKeys(context, ownerId, runId), [force ? '1' : '0']);
  await connection.run(leaveRun, runShardKeys(keys, runId), [runId]);
  routes.forget(runId);
  return deleted === 1;
}
