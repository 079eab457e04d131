import { runShardKeys, type RunContext } from './run-context.js';
import { settleRun } from './shard-scripts.js';

/** After a run's end: what the end itself can't change on a cluster. */
export async function settleOnCluster({ connection, keys, routes, keepEndedMs }: RunContext, runId: string): Promise<void> {
  if (connection.clustered) await connection.run(settleRun, runShardKeys(keys, runId), [runId, keepEndedMs, '']);
  routes.forget(runId);
}
