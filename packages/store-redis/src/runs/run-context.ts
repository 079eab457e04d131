import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';
import type { RunRoutes } from './run-routes.js';

/** What the steps of the runs part share. */
export interface RunContext {
  connection: Connection;
  keys: StoreKeys;
  routes: RunRoutes;
  /** How long an ended run and its log stay. */
  keepEndedMs: number;
}

/** The keys of one run, in the order its scripts expect. On a cluster without the shard's, which lie in another slot. */
export function runKeys({ connection, keys }: Pick<RunContext, 'connection' | 'keys'>, ownerId: string, runId: string): string[] {
  const owned = keys.owner(ownerId);
  const own = [...runDataKeys({ keys }, ownerId, runId), owned.runs, owned.active, owned.idempotency, owned.fence];
  return connection.clustered ? own : [...own, ...runShardKeys(keys, runId)];
}

/** The run and its log alone: the first ones of {@link runKeys}, for the steps that a run takes often. */
export function runDataKeys({ keys }: Pick<RunContext, 'keys'>, ownerId: string, runId: string): string[] {
  const owned = keys.owner(ownerId);
  return [owned.run(runId), owned.log(runId)];
}

/** The shard's keys of one run, in the order its scripts expect. */
export function runShardKeys(keys: StoreKeys, runId: string): [ownerOf: string, running: string, ended: string] {
  const shard = keys.shardOf(runId);
  return [shard.ownerOf(runId), shard.running, shard.ended];
}
